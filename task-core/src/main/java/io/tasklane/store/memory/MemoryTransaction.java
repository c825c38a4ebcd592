package io.tasklane.store.memory;

import io.tasklane.TaskId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tasks inserted by one Spring transaction, kept until it commits. Used by the thread of the transaction only. */
final class MemoryTransaction implements TransactionSynchronization {

    private final Object key;

    private final Consumer<List<MemoryTask>> writer;

    private final List<MemoryInsert> inserts = new ArrayList<>();

    private final Map<Object, Integer> savepoints = new IdentityHashMap<>();

    private boolean completed;

    private MemoryTransaction(Object key, Consumer<List<MemoryTask>> writer) {
        this.key = key;
        this.writer = writer;
    }

    /**
     * Returns what the current transaction of this thread has inserted, null without a transaction that can still commit.
     *
     * @param key the store
     * @param writer makes tasks visible to all
     */
    static @Nullable MemoryTransaction current(Object key, Consumer<List<MemoryTask>> writer) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return null;
        }
        MemoryTransaction bound = (MemoryTransaction) TransactionSynchronizationManager.getResource(key);
        if (bound == null) {
            bound = new MemoryTransaction(key, writer);
            TransactionSynchronizationManager.bindResource(key, bound);
            TransactionSynchronizationManager.registerSynchronization(bound);
        }
        return bound.completed ? null : bound;
    }

    void add(MemoryInsert insert) {
        this.inserts.add(insert);
    }

    @Nullable
    MemoryTask find(TaskId id) {
        for (MemoryInsert insert : this.inserts) {
            for (MemoryTask task : insert.tasks()) {
                if (task.id().equals(id)) {
                    return task;
                }
            }
        }
        return null;
    }

    /** Before all others, so that whatever they do after the commit sees the tasks. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(this.key);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(this.key, this);
    }

    @Override
    public void savepoint(Object savepoint) {
        this.savepoints.put(savepoint, this.inserts.size());
    }

    /** Forgets what was inserted since the savepoint; all, if it is older than the first insert. */
    @Override
    public void savepointRollback(Object savepoint) {
        int kept = this.savepoints.getOrDefault(savepoint, 0);
        this.inserts.subList(kept, this.inserts.size()).clear();
    }

    @Override
    public void afterCommit() {
        write();
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(this.key);
        if (status == STATUS_COMMITTED) {
            write();
        }
    }

    private void write() {
        this.completed = true;
        List<MemoryInsert> written = List.copyOf(this.inserts);
        this.inserts.clear();
        written.forEach(insert -> this.writer.accept(insert.tasks()));
        written.forEach(MemoryInsert::tell);
    }
}
