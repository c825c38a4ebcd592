package io.tasklane.autoconfigure;

import io.tasklane.InvalidQueueSettingException;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.retry.RetryBackoff;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the properties of queues into what is stored of them. */
final class QueuePropertiesMapper {

    private final PropertyProblems problems;

    QueuePropertiesMapper(PropertyProblems problems) {
        this.problems = problems;
    }

    /** Returns the settings of one queue, null if they cannot work. */
    @Nullable
    QueueSpec spec(String name, TasklaneProperties.Queue queue) {
        TasklaneProperties.Backoff backoff = queue.getBackoff();
        try {
            return new QueueSpec(
                    name,
                    new QueueSettings(
                            queue.getConcurrency(),
                            queue.getRetries(),
                            queue.getDefaultPriority(),
                            backoff.getInitial(),
                            backoff.getMultiplier(),
                            backoff.getMax(),
                            backoff.getJitter()));
        } catch (InvalidQueueSettingException ex) {
            this.problems.add(
                    "tasklane.queues.%s.%s".formatted(name, ex.setting()), null, String.valueOf(ex.getMessage()));
        } catch (IllegalArgumentException ex) {
            this.problems.add("tasklane.queues." + name, null, ex.getMessage() + "; rename the queue");
        }
        return null;
    }

    /** Returns what applies where a queue sets nothing. */
    TaskDefaults defaults(TasklaneProperties.Defaults defaults) {
        TasklaneProperties.Backoff backoff = defaults.getBackoff();
        try {
            // The rules are those of a queue; a value set to nothing falls back to the built-in one.
            new QueueSettings(
                    defaults.getConcurrency(),
                    defaults.getRetries(),
                    defaults.getDefaultPriority(),
                    backoff.getInitial(),
                    backoff.getMultiplier(),
                    backoff.getMax(),
                    backoff.getJitter());
        } catch (InvalidQueueSettingException ex) {
            this.problems.add("tasklane.defaults." + ex.setting(), null, String.valueOf(ex.getMessage()));
        }
        RetryBackoff builtIn = RetryBackoff.DEFAULT;
        return new TaskDefaults(
                defaults.getRetries(),
                defaults.getDefaultPriority(),
                new RetryBackoff(
                        Objects.requireNonNullElse(backoff.getInitial(), builtIn.initial()),
                        Objects.requireNonNullElse(backoff.getMultiplier(), builtIn.multiplier()),
                        Objects.requireNonNullElse(backoff.getMax(), builtIn.max()),
                        Objects.requireNonNullElse(backoff.getJitter(), builtIn.jitter())),
                defaults.getConcurrency());
    }
}
