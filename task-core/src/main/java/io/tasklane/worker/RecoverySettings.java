package io.tasklane.worker;

import java.time.Duration;

/**
 * How workers find out that one of them is dead. The same on all nodes.
 *
 * @param heartbeatInterval time between two heartbeats
 * @param after silence after which a worker is dead, by the database's clock; at least three heartbeats
 * @param interval time between two looks for dead workers
 * @param maxRecoveries how often a task is put back; the next crash makes it FAILED
 */
public record RecoverySettings(Duration heartbeatInterval, Duration after, Duration interval, int maxRecoveries) {

    /** Heartbeat every 3 s, dead after 10 s, looked for every 2 s, put back 3 times. */
    public static final RecoverySettings DEFAULT =
            new RecoverySettings(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(2), 3);

    public RecoverySettings {
        requirePositive("heartbeat interval", heartbeatInterval);
        requirePositive("recovery interval", interval);
        if (after.compareTo(heartbeatInterval.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException("tasklane.recovery.after must be at least three heartbeats of %s, not %s"
                    .formatted(heartbeatInterval, after));
        }
        if (maxRecoveries < 0) {
            throw new IllegalArgumentException(
                    "tasklane.recovery.max-recoveries must be 0 or more, not " + maxRecoveries);
        }
    }

    /** Silence of its own after which a worker no longer trusts what it knows about others: two heartbeats. */
    Duration gap() {
        return this.heartbeatInterval.multipliedBy(2);
    }

    /** How long a worker holds the maintenance lease: six times the silence after which it is dead, a minute by default. */
    Duration maintenanceLease() {
        return this.after.multipliedBy(6);
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("The " + what + " must be positive, not " + value);
        }
    }
}
