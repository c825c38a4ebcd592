package io.tasklane.store.jdbc;

import io.tasklane.TaskId;
import io.tasklane.TaskTransactionException;
import io.tasklane.store.TransactionEnd;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Decides which transaction of the host a write joins:
 *
 * <ul>
 *   <li>one on our data source, also when the host wraps it, and a JTA transaction;
 *   <li>none, if there is none, if it has completed, or if it belongs to a resource that is no database;
 *   <li>refused is a read-only one, and one of another database, with which the write could not commit together.
 * </ul>
 */
final class CallerTransactions {

    private static final Log logger = LogFactory.getLog(CallerTransactions.class);

    private final DataSource dataSource;

    private final @Nullable BooleanSupplier jtaActive;

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    CallerTransactions(DataSource dataSource, @Nullable BooleanSupplier jtaActive) {
        this.dataSource = dataSource;
        this.jtaActive = jtaActive;
    }

    /**
     * Returns the transaction to write in, null for one of the store's own.
     *
     * @param intent what for
     * @throws TaskTransactionException if the transaction at hand does not allow it
     */
    @Nullable
    CallerTransaction forWriting(Intent intent) {
        CallerTransaction joined = joined();
        if (joined == null) {
            refuseOthers(intent);
            return null;
        }
        if (!isWritable()) {
            throw new TaskTransactionException(
                    "%s cannot be %s in a read-only transaction: make the transaction writable, or %s after it"
                            .formatted(intent.task(), intent.participle(), intent.verb()));
        }
        return joined;
    }

    DataSource dataSource() {
        return this.dataSource;
    }

    /** Whether the current transaction may write. */
    boolean isWritable() {
        return !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
    }

    /** Returns the transaction to read in, null if there is none on our data source. */
    @Nullable
    CallerTransaction joined() {
        DataSource bound = boundDataSource();
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            // Without an active transaction: a manager that offers no synchronization. With one: it has just completed.
            return TransactionSynchronizationManager.isActualTransactionActive()
                            || bound == null
                            || !isTransactional(bound)
                    ? null
                    : new CallerTransaction(bound, null);
        }
        if (!TransactionSynchronizationManager.isActualTransactionActive() || hasEndedForGood()) {
            return null;
        }
        if (TransactionSynchronizationManager.getResource(this) instanceof CallerSynchronization known) {
            return known.isOver() ? null : new CallerTransaction(bound != null ? bound : this.dataSource, known);
        }
        if (bound != null && isTransactional(bound)) {
            return join(bound);
        }
        return this.jtaActive != null && this.jtaActive.getAsBoolean() ? join(this.dataSource) : null;
    }

    /**
     * Whether the current transaction has committed, and its connection is of no more use: it may only be read, or ours belongs
     * to another transaction, round this one, that still goes on. Any other is still good for one more commit, and needs no
     * second connection beside it.
     */
    private boolean hasEndedForGood() {
        return TransactionEnd.isReached() && (!isWritable() || OtherTransactions.find(this.dataSource) != null);
    }

    private CallerTransaction join(DataSource bound) {
        CallerSynchronization synchronization = new CallerSynchronization(this, bound);
        synchronization.register();
        return new CallerTransaction(bound, synchronization);
    }

    private @Nullable DataSource boundDataSource() {
        if (TransactionSynchronizationManager.hasResource(this.dataSource)) {
            return this.dataSource;
        }
        DataSource ours = unwrap(this.dataSource);
        for (Map.Entry<Object, Object> resource :
                TransactionSynchronizationManager.getResourceMap().entrySet()) {
            if (resource.getKey() instanceof DataSource other
                    && resource.getValue() instanceof ConnectionHolder
                    && unwrap(other) == ours) {
                return other;
            }
        }
        return null;
    }

    static DataSource unwrap(DataSource dataSource) {
        DataSource current = dataSource;
        while (current instanceof DelegatingDataSource delegating && delegating.getTargetDataSource() != null) {
            current = delegating.getTargetDataSource();
        }
        return current;
    }

    // A connection is also bound while a transaction of another resource lasts, or after the end of a JPA transaction.
    private static boolean isTransactional(DataSource bound) {
        Connection connection = DataSourceUtils.getConnection(bound);
        try {
            return !connection.getAutoCommit();
        } catch (SQLException ex) {
            throw SqlErrors.translate("looking at the transaction", ex);
        } finally {
            DataSourceUtils.releaseConnection(connection, bound);
        }
    }

    private void refuseOthers(Intent intent) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()
                || TransactionSynchronizationManager.hasResource(this)
                || TransactionEnd.isReached()) {
            return;
        }
        String other = OtherTransactions.find(this.dataSource);
        if (other != null) {
            throw new TaskTransactionException(
                    ("%s cannot be %s in a transaction on %s: tasks are stored through %s and would not commit"
                                    + " together with it. Use a transaction on that data source, or %s after this one")
                            .formatted(intent.task(), intent.participle(), other, this.dataSource, intent.verb()));
        }
        if (this.warned.add(intent.key())) {
            logger.warn(("%s is %s in a transaction that is none of the database (%s): that holds even if that"
                            + " transaction rolls back")
                    .formatted(
                            intent.task(),
                            intent.participle(),
                            TransactionSynchronizationManager.getCurrentTransactionName()));
        }
    }

    /**
     * What is to be written, for messages.
     *
     * @param key what a warning is given once for
     * @param task the task
     * @param verb what is done to it
     * @param participle the same, done
     */
    record Intent(String key, String task, String verb, String participle) {

        static Intent enqueue(String name) {
            return new Intent("enqueue " + name, "Task '%s'".formatted(name), "enqueue", "enqueued");
        }

        static Intent retry(TaskId id) {
            return new Intent("retry", "Task " + id, "retry it", "retried");
        }

        static Intent cancel(TaskId id) {
            return new Intent("cancel", "Task " + id, "cancel it", "cancelled");
        }

        static Intent audit() {
            return new Intent("audit", "What was done", "audit it", "audited");
        }

        static Intent delete(TaskId id) {
            return new Intent("delete", "Task " + id, "delete it", "deleted");
        }
    }
}
