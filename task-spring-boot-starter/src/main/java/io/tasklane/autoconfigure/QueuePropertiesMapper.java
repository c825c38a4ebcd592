package io.tasklane.autoconfigure;

import io.tasklane.InvalidQueueSettingException;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.WorkerTags;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.retry.RetryBackoff;
import java.util.List;
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
        try {
            TasklaneProperties.AutoPause autoPause = queue.getAutoPause();
            TasklaneProperties.Aging aging = queue.getAging();
            QueueSettings settings = settings(
                            queue.getConcurrency(), queue.getRetries(), queue.getDefaultPriority(), queue.getBackoff())
                    .with(QueueSetting.MIN_PRIORITY, queue.getMinPriority())
                    .with(QueueSetting.MAX_PRIORITY, queue.getMaxPriority())
                    .with(QueueSetting.TAGS, tags(queue.getTags()))
                    .with(QueueSetting.MAX_RUNNING, queue.getMaxRunning())
                    .with(QueueSetting.RESERVED_SLOTS, queue.getReservedSlots())
                    .with(QueueSetting.RATE_LIMIT, queue.getRateLimit())
                    .with(QueueSetting.RATE_INTERVAL, queue.getRateInterval())
                    .with(QueueSetting.RATE_BURST, queue.getRateBurst())
                    .with(QueueSetting.AUTO_PAUSE_FAILURES, autoPause.getFailures())
                    .with(QueueSetting.AUTO_PAUSE_RATE, autoPause.getRate())
                    .with(QueueSetting.AUTO_PAUSE_ATTEMPTS, autoPause.getAttempts())
                    .with(QueueSetting.AUTO_PAUSE_DURATION, autoPause.getDuration())
                    .with(QueueSetting.AGING_AFTER, aging.getAfter())
                    .with(QueueSetting.AGING_STEP, aging.getStep())
                    .with(QueueSetting.AGING_MAX, aging.getMax());
            return new QueueSpec(name, settings.requireConsistent());
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
            settings(defaults.getConcurrency(), defaults.getRetries(), defaults.getDefaultPriority(), backoff);
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
                Concurrency.read(defaults.getConcurrency(), TaskDefaults.DEFAULT.concurrency()));
    }

    private static @Nullable WorkerTags tags(@Nullable List<String> expressions) {
        return expressions != null ? WorkerTags.of(expressions) : null;
    }

    private static QueueSettings settings(
            @Nullable String concurrency,
            @Nullable Integer retries,
            @Nullable Integer defaultPriority,
            TasklaneProperties.Backoff backoff) {
        return QueueSettings.NONE
                .withConcurrency(Concurrency.read(concurrency))
                .with(QueueSetting.RETRIES, retries)
                .with(QueueSetting.DEFAULT_PRIORITY, defaultPriority)
                .with(QueueSetting.BACKOFF_INITIAL, backoff.getInitial())
                .with(QueueSetting.BACKOFF_MULTIPLIER, backoff.getMultiplier())
                .with(QueueSetting.BACKOFF_MAX, backoff.getMax())
                .with(QueueSetting.BACKOFF_JITTER, backoff.getJitter());
    }
}
