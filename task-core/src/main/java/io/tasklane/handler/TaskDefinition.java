package io.tasklane.handler;

import io.tasklane.Completion;
import io.tasklane.RateLimit;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the application says about one task. Null means left out: queue and defaults decide.
 *
 * @param name name as stored
 * @param aliases earlier names that run here too
 * @param version version of the parameters, at least 1
 * @param queue queue, {@code default} where none is given
 * @param priority priority inside the queue, or null
 * @param retries number of retries, or null; with {@link Completion#BEFORE_RUN} always 0
 * @param backoff how long a failed task waits
 * @param failures which failures are retried
 * @param delay earliest start after the enqueue, or null
 * @param timeout how long one run may take, positive; null for as long as it takes
 * @param rateLimit how many of its name may start in a time, or null for no limit
 * @param completion when it is written down as done; never {@link Completion#DEFAULT}
 * @param transaction how its transaction is opened; null unless the completion is {@link Completion#IN_TRANSACTION}
 * @param parameters parameters of the method in order, injected ones included
 * @param resultType declared type of the result, null where the task returns nothing
 * @param source where it was declared, for messages: bean, class and method
 * @param keying how its tasks get their keys
 */
public record TaskDefinition(
        String name,
        List<String> aliases,
        int version,
        String queue,
        @Nullable Integer priority,
        @Nullable Integer retries,
        TaskBackoff backoff,
        RetryableFailures failures,
        @Nullable Duration delay,
        @Nullable Duration timeout,
        @Nullable RateLimit rateLimit,
        Completion completion,
        @Nullable TaskTransaction transaction,
        List<TaskParameter> parameters,
        @Nullable Type resultType,
        String source,
        TaskKeying keying) {

    public TaskDefinition {
        aliases = List.copyOf(aliases);
        retries = completion == Completion.BEFORE_RUN ? Integer.valueOf(0) : retries;
        parameters = List.copyOf(parameters);
    }

    /** A task without a rate limit, to which only calls give keys. */
    public TaskDefinition(
            String name,
            List<String> aliases,
            int version,
            String queue,
            @Nullable Integer priority,
            @Nullable Integer retries,
            TaskBackoff backoff,
            RetryableFailures failures,
            @Nullable Duration delay,
            @Nullable Duration timeout,
            Completion completion,
            @Nullable TaskTransaction transaction,
            List<TaskParameter> parameters,
            @Nullable Type resultType,
            String source) {
        this(
                name,
                aliases,
                version,
                queue,
                priority,
                retries,
                backoff,
                failures,
                delay,
                timeout,
                null,
                completion,
                transaction,
                parameters,
                resultType,
                source,
                TaskKeying.DEFAULT);
    }

    /** Whether its body may start only once, so that it is never tried again. */
    public boolean startsOnce() {
        return this.completion == Completion.BEFORE_RUN;
    }

    /** The same task, with what a configuration says in front of what is declared. */
    public TaskDefinition with(TaskOverride override) {
        return new TaskDefinition(
                this.name,
                this.aliases,
                this.version,
                override.queue() != null ? override.queue() : this.queue,
                override.priority() != null ? override.priority() : this.priority,
                override.retries() != null ? override.retries() : this.retries,
                override.backoff().over(this.backoff),
                this.failures,
                override.delay() != null ? override.delay() : this.delay,
                override.timeout() != null ? override.timeout() : this.timeout,
                override.rateLimit() != null ? override.rateLimit() : this.rateLimit,
                this.completion,
                this.transaction,
                this.parameters,
                this.resultType,
                this.source,
                this.keying);
    }
}
