package io.tasklane.store.memory;

import io.tasklane.TaskId;
import io.tasklane.store.AuditRecord;
import io.tasklane.store.AuditStore.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What operators did, by ids that count up. Not thread-safe. */
final class MemoryAudit {

    private final TreeMap<Long, AuditRecord> records = new TreeMap<>();

    private long lastId;

    /** The write of an entry. */
    MemoryWrite write(Entry entry) {
        return new MemoryWrite() {
            @Override
            public Runnable apply(MemoryTasks tasks) {
                add(tasks.now(), entry);
                return () -> {};
            }

            @Override
            public @Nullable MemoryTask seen(TaskId id, @Nullable MemoryTask before) {
                return before;
            }
        };
    }

    /** Writes an entry, and returns its id. */
    long add(Instant now, Entry entry) {
        this.records.put(++this.lastId, record(now, entry, entry.tasks()));
        return this.lastId;
    }

    /** Counts more tasks, and says of the operation what the entry does. */
    void count(long id, long tasks, Entry entry) {
        this.records.computeIfPresent(id, (key, known) -> record(known.at(), entry, known.tasks() + tasks));
    }

    private static AuditRecord record(Instant at, Entry entry, long tasks) {
        return new AuditRecord(at, entry.actor(), entry.action(), entry.queue(), entry.detail(), tasks);
    }

    List<AuditRecord> newest(int limit) {
        return this.records.descendingMap().values().stream().limit(limit).toList();
    }

    int prune(Instant now, Duration age, int limit) {
        int deleted = 0;
        Iterator<AuditRecord> oldestFirst = this.records.values().iterator();
        while (deleted < limit
                && oldestFirst.hasNext()
                && oldestFirst.next().at().isBefore(now.minus(age))) {
            oldestFirst.remove();
            deleted++;
        }
        return deleted;
    }
}
