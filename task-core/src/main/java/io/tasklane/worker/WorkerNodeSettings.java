package io.tasklane.worker;

import java.time.Duration;

/**
 * Settings of a node as a whole.
 *
 * @param application name of the application
 * @param autoStartup whether it starts with the application context
 * @param drainTimeout how long running tasks may take to end when the node stops, before they are interrupted
 * @param queueRefresh how often the queues are read anew
 * @param recovery how dead workers are found
 */
public record WorkerNodeSettings(
        String application,
        boolean autoStartup,
        Duration drainTimeout,
        Duration queueRefresh,
        RecoverySettings recovery) {

    /** Application {@code application}, starts by itself, drains for 20 s, reads queues every 10 s. */
    public static final WorkerNodeSettings DEFAULT = new WorkerNodeSettings(
            "application", true, Duration.ofSeconds(20), Duration.ofSeconds(10), RecoverySettings.DEFAULT);

    public WorkerNodeSettings {
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "tasklane.worker.drain-timeout must not be negative, but is " + drainTimeout);
        }
        if (queueRefresh.isNegative() || queueRefresh.isZero()) {
            throw new IllegalArgumentException("The queues' refresh interval must be positive, not " + queueRefresh);
        }
    }

    /** Returns a copy with this drain timeout. */
    public WorkerNodeSettings withDrainTimeout(Duration timeout) {
        return new WorkerNodeSettings(this.application, this.autoStartup, timeout, this.queueRefresh, this.recovery);
    }
}
