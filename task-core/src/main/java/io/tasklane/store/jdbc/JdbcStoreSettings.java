package io.tasklane.store.jdbc;

import io.tasklane.store.schema.TablePrefix;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link JdbcTaskStore}. Immutable: each {@code with} method returns a changed copy.
 *
 * @param tablePrefix what the names of the tables start with
 * @param workerConnections most connections of the data source that claims, completions and maintenance use at once, at least
 *     1; without {@code unpooled} one of them is kept for heartbeats and recovery, if there are at least 2
 * @param unpooled opens connections outside the pool: one for heartbeats and recovery, so that these never wait for the pool,
 *     and on PostgreSQL for telling other nodes of tasks; there another one that listens. Null if the credentials are not
 *     known
 * @param jtaActive tells whether a JTA transaction is active on the current thread; null if the host has none
 * @param clock the current time, for tests; null for the clock of the database
 * @since 0.1.0
 */
public record JdbcStoreSettings(
        String tablePrefix,
        int workerConnections,
        @Nullable DataSource unpooled,
        @Nullable BooleanSupplier jtaActive,
        @Nullable InstantSource clock) {

    /** Prefix {@code tasklane_}, 2 connections, the clock of the database. */
    public static final JdbcStoreSettings DEFAULT = new JdbcStoreSettings(TablePrefix.DEFAULT, 2, null, null, null);

    public JdbcStoreSettings {
        TablePrefix.requireValid(tablePrefix);
        if (workerConnections < 1) {
            throw new IllegalArgumentException(
                    "A store needs at least 1 connection (tasklane.worker.connections), not " + workerConnections);
        }
    }

    /** Sets what the names of the tables start with. */
    public JdbcStoreSettings withTablePrefix(String prefix) {
        return new JdbcStoreSettings(prefix, this.workerConnections, this.unpooled, this.jtaActive, this.clock);
    }

    /** Sets how many connections workers use at once. */
    public JdbcStoreSettings withWorkerConnections(int connections) {
        return new JdbcStoreSettings(this.tablePrefix, connections, this.unpooled, this.jtaActive, this.clock);
    }

    /** Sets where to get connections outside the pool, for heartbeats, recovery and notices. */
    public JdbcStoreSettings withUnpooled(@Nullable DataSource dataSource) {
        return new JdbcStoreSettings(this.tablePrefix, this.workerConnections, dataSource, this.jtaActive, this.clock);
    }

    /** Sets how to tell whether a JTA transaction is active. */
    public JdbcStoreSettings withJtaActive(@Nullable BooleanSupplier active) {
        return new JdbcStoreSettings(this.tablePrefix, this.workerConnections, this.unpooled, active, this.clock);
    }

    /** Sets the current time, for tests. */
    public JdbcStoreSettings withClock(@Nullable InstantSource source) {
        return new JdbcStoreSettings(this.tablePrefix, this.workerConnections, this.unpooled, this.jtaActive, source);
    }
}
