package io.tasklane.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Our part in one transaction of the host: remembers what was written in it, tells the listeners after the commit, and knows
 * when it is over.
 *
 * <p>Spring's transaction managers keep a transaction bound while they call {@code afterCommit}. Who joins first then, joins a
 * connection whose transaction is over and that nobody will commit: in this case, told by the callbacks that never came, the
 * commit is made up for in {@code afterCompletion}.
 */
final class CallerSynchronization implements TransactionSynchronization {

    private static final Log logger = LogFactory.getLog(CallerSynchronization.class);

    private final Object key;

    private final DataSource boundTo;

    private final List<Write> writes = new ArrayList<>();

    private final Map<Object, Integer> savepoints = new LinkedHashMap<>();

    private final Object identity = new Object();

    private boolean seenBeforeEnd;

    private boolean over;

    /**
     * Creates a synchronization that is not registered yet.
     *
     * @param key key under which it is bound to the thread
     * @param boundTo data source under which the connection is bound
     */
    CallerSynchronization(Object key, DataSource boundTo) {
        this.key = key;
        this.boundTo = boundTo;
    }

    void register() {
        TransactionSynchronizationManager.registerSynchronization(this);
        TransactionSynchronizationManager.bindResource(this.key, this);
    }

    /** Whether the transaction has committed, although it is still bound. */
    boolean isOver() {
        return this.over;
    }

    /** Identifies the transaction, savepoints included: what is inserted in one commits with the transaction. */
    Object identity() {
        return this.identity;
    }

    /** Something was written in the transaction: what that was, for messages, and what to run after the commit. */
    void add(String doing, Runnable committed) {
        this.writes.add(new Write(doing, committed));
    }

    // Before the callbacks of the host, which may insert tasks: they must find the transaction over.
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResourceIfPossible(this.key);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(this.key, this);
    }

    @Override
    public void savepoint(Object savepoint) {
        this.savepoints.put(savepoint, this.writes.size());
    }

    /** Forgets what was written since the savepoint; all, if it is older than the first write. */
    @Override
    public void savepointRollback(Object savepoint) {
        int kept = this.savepoints.getOrDefault(savepoint, 0);
        if (kept < this.writes.size()) {
            this.writes.subList(kept, this.writes.size()).clear();
        }
    }

    @Override
    public void beforeCompletion() {
        this.seenBeforeEnd = true;
    }

    @Override
    public void afterCommit() {
        this.seenBeforeEnd = true;
        this.over = true;
    }

    @Override
    public void afterCompletion(int status) {
        this.over = true;
        TransactionSynchronizationManager.unbindResourceIfPossible(this.key);
        if (status != STATUS_COMMITTED || this.writes.isEmpty()) {
            return;
        }
        if (!this.seenBeforeEnd && !commit()) {
            return;
        }
        this.writes.forEach(write -> CommitListeners.tell(write.doing(), write.committed()));
    }

    private boolean commit() {
        Connection connection = DataSourceUtils.getConnection(this.boundTo);
        try {
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return true;
        } catch (SQLException ex) {
            logger.error("What was written after the commit of a transaction could not be committed: " + doings(), ex);
            return false;
        } finally {
            DataSourceUtils.releaseConnection(connection, this.boundTo);
        }
    }

    private List<String> doings() {
        return this.writes.stream().map(Write::doing).toList();
    }

    private record Write(String doing, Runnable committed) {}
}
