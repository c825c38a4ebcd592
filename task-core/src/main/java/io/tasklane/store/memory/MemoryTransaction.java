package io.tasklane.store.memory;

import io.tasklane.TaskId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What one Spring transaction writes, kept until it commits. Used by the thread of the transaction only. */
final class MemoryTransaction implements TransactionSynchronization {

    private final Object key;

    private final Writer writer;

    private final List<MemoryWrite> writes = new ArrayList<>();

    private final List<Runnable> endings = new ArrayList<>();

    private final Map<Object, Integer> savepoints = new IdentityHashMap<>();

    private boolean completed;

    private MemoryTransaction(Object key, Writer writer) {
        this.key = key;
        this.writer = writer;
    }

    /**
     * Returns what the current transaction of this thread has written, null without a transaction that can still commit.
     *
     * @param key the store
     * @param writer makes what was written visible to all
     */
    static @Nullable MemoryTransaction current(Object key, Writer writer) {
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

    void add(MemoryWrite write) {
        this.writes.add(write);
    }

    /** Is run at the end, whatever it is, after all writes. */
    void atEnd(Runnable ending) {
        this.endings.add(ending);
    }

    /** A task as this transaction sees it; null if there is none. */
    @Nullable
    MemoryTask see(TaskId id, @Nullable MemoryTask committed) {
        MemoryTask seen = committed;
        for (MemoryWrite write : this.writes) {
            seen = write.seen(id, seen);
        }
        return seen;
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
        this.savepoints.put(savepoint, this.writes.size());
    }

    /** Forgets what was written since the savepoint; all, if it is older than the first write. */
    @Override
    public void savepointRollback(Object savepoint) {
        int kept = this.savepoints.getOrDefault(savepoint, 0);
        this.writes.subList(kept, this.writes.size()).clear();
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
        this.endings.forEach(Runnable::run);
    }

    private void write() {
        this.completed = true;
        List<MemoryWrite> written = List.copyOf(this.writes);
        this.writes.clear();
        written.stream().map(this.writer::write).toList().forEach(Runnable::run);
    }

    /** Makes a write visible to all. */
    @FunctionalInterface
    interface Writer {

        /** Returns what is to be told of it afterwards. */
        Runnable write(MemoryWrite write);
    }
}
