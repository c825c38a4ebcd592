package io.tasklane.store.jdbc;

import java.time.Duration;

/**
 * From when on something is worth telling.
 *
 * @param longTransaction how long a transaction may stay open
 * @param deadRows how many dead rows one of the busy tables may have; only PostgreSQL counts them
 * @param clockOffset how far the clock of this JVM may be from the database's
 * @param statementTimeout how long one statement of the doctor may take; whole seconds, at least one
 * @since 0.1.0
 */
public record DoctorSettings(Duration longTransaction, long deadRows, Duration clockOffset, Duration statementTimeout) {

    /**
     * Transactions older than 60 s, 50 000 dead rows (ten times what makes autovacuum begin), clocks more than 2 s apart;
     * statements of 2 s.
     */
    public static final DoctorSettings DEFAULT =
            new DoctorSettings(Duration.ofSeconds(60), 50_000, Duration.ofSeconds(2), Duration.ofSeconds(2));

    public DoctorSettings {
        if (longTransaction.isNegative() || deadRows < 0 || clockOffset.isNegative()) {
            throw new IllegalArgumentException("Limits of the doctor must not be negative");
        }
        if (statementTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "A statement of the doctor must have at least one second, not " + statementTimeout);
        }
    }
}
