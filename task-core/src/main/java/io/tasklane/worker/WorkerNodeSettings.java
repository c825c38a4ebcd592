package io.tasklane.worker;

import java.time.Duration;
import java.util.List;

/**
 * Settings of a node as a whole.
 *
 * @param application name of the application
 * @param autoStartup whether it starts with the application context
 * @param lookAhead how far ahead of free slots tasks shorter than 5 ms may be claimed, 0 to 50 ms; zero turns it off
 * @param drainTimeout how long running tasks may take to end when the node stops, before they are interrupted
 * @param queueRefresh how often the queues are read anew
 * @param recovery how dead workers are found
 * @param retention how long finished tasks are kept
 * @param tags tags of the node besides those that every node has; none is blank or has a comma
 */
public record WorkerNodeSettings(
        String application,
        boolean autoStartup,
        Duration lookAhead,
        Duration drainTimeout,
        Duration queueRefresh,
        RecoverySettings recovery,
        RetentionSettings retention,
        List<String> tags) {

    /** Longest look-ahead. */
    public static final Duration MAX_LOOK_AHEAD = Duration.ofMillis(50);

    /** Application {@code application}, starts by itself, looks 50 ms ahead, drains for 20 s, reads queues every 10 s. */
    public static final WorkerNodeSettings DEFAULT = new WorkerNodeSettings(
            "application",
            true,
            MAX_LOOK_AHEAD,
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            RecoverySettings.DEFAULT,
            RetentionSettings.DEFAULT,
            List.of());

    public WorkerNodeSettings {
        tags = List.copyOf(tags);
        if (tags.stream().anyMatch(tag -> tag.isBlank() || tag.contains(","))) {
            throw new IllegalArgumentException(
                    "tasklane.worker.tags must not be blank or have a comma, but are " + tags);
        }
        if (lookAhead.isNegative() || lookAhead.compareTo(MAX_LOOK_AHEAD) > 0) {
            throw new IllegalArgumentException("tasklane.worker.look-ahead must be 0 to 50ms, but is " + lookAhead);
        }
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "tasklane.worker.drain-timeout must not be negative, but is " + drainTimeout);
        }
        if (queueRefresh.isNegative() || queueRefresh.isZero()) {
            throw new IllegalArgumentException(
                    "tasklane.worker.queue-refresh-interval must be positive, but is " + queueRefresh);
        }
    }

    /** Returns a copy with this drain timeout. */
    public WorkerNodeSettings withDrainTimeout(Duration timeout) {
        return new WorkerNodeSettings(
                this.application,
                this.autoStartup,
                this.lookAhead,
                timeout,
                this.queueRefresh,
                this.recovery,
                this.retention,
                this.tags);
    }

    /** Returns a copy with this interval between two readings of the queues. */
    public WorkerNodeSettings withQueueRefresh(Duration interval) {
        return new WorkerNodeSettings(
                this.application,
                this.autoStartup,
                this.lookAhead,
                this.drainTimeout,
                interval,
                this.recovery,
                this.retention,
                this.tags);
    }

    /** Returns a copy with this look-ahead. */
    public WorkerNodeSettings withLookAhead(Duration time) {
        return new WorkerNodeSettings(
                this.application,
                this.autoStartup,
                time,
                this.drainTimeout,
                this.queueRefresh,
                this.recovery,
                this.retention,
                this.tags);
    }

    /** Returns a copy with this retention. */
    public WorkerNodeSettings withRetention(RetentionSettings settings) {
        return new WorkerNodeSettings(
                this.application,
                this.autoStartup,
                this.lookAhead,
                this.drainTimeout,
                this.queueRefresh,
                this.recovery,
                settings,
                this.tags);
    }

    /** Returns a copy with these tags. */
    public WorkerNodeSettings withTags(String... values) {
        return new WorkerNodeSettings(
                this.application,
                this.autoStartup,
                this.lookAhead,
                this.drainTimeout,
                this.queueRefresh,
                this.recovery,
                this.retention,
                List.of(values));
    }
}
