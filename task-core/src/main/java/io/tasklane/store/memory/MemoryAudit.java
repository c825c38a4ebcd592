package io.tasklane.store.memory;

import io.tasklane.TaskId;
import io.tasklane.store.AuditRecord;
import io.tasklane.store.AuditStore.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators did, the last first. Not thread-safe. */
final class MemoryAudit {

    private final Deque<AuditRecord> records = new ArrayDeque<>();

    /** The write of an entry. */
    MemoryWrite write(Entry entry) {
        return new MemoryWrite() {
            @Override
            public Runnable apply(MemoryTasks tasks) {
                MemoryAudit.this.records.addFirst(new AuditRecord(
                        tasks.now(), entry.actor(), entry.action(), entry.queue(), entry.detail(), entry.tasks()));
                return () -> {};
            }

            @Override
            public @Nullable MemoryTask seen(TaskId id, @Nullable MemoryTask before) {
                return before;
            }
        };
    }

    List<AuditRecord> newest(int limit) {
        return this.records.stream().limit(limit).toList();
    }

    int prune(Instant now, Duration age, int limit) {
        int deleted = 0;
        Iterator<AuditRecord> oldestFirst = this.records.descendingIterator();
        while (deleted < limit
                && oldestFirst.hasNext()
                && oldestFirst.next().at().isBefore(now.minus(age))) {
            oldestFirst.remove();
            deleted++;
        }
        return deleted;
    }
}
