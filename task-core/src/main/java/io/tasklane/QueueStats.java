package io.tasklane;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many tasks a queue has.
 *
 * @param tasks number of tasks by state; every state has an entry, in the order of the enum
 * @since 0.1.0
 */
public record QueueStats(Map<TaskState, Long> tasks) {

    public QueueStats {
        Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            counts.put(state, tasks.getOrDefault(state, 0L));
        }
        tasks = Collections.unmodifiableMap(counts);
    }

    /** Number of tasks in a state. */
    public long count(TaskState state) {
        return this.tasks.getOrDefault(state, 0L);
    }

    /** Number of tasks in all states. */
    public long total() {
        return this.tasks.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The numbers that other task queues show, of what still needs attention. */
    public Attention attention() {
        long pending = count(TaskState.SCHEDULED) + count(TaskState.BLOCKED) + count(TaskState.QUEUED);
        return new Attention(pending, count(TaskState.RUNNING), count(TaskState.FAILED));
    }

    /**
     * What still needs the attention of workers or people.
     *
     * @param pending number of tasks that wait: SCHEDULED, BLOCKED or QUEUED
     * @param running number of tasks that run
     * @param failed number of tasks that failed for good
     */
    public record Attention(long pending, long running, long failed) {

        /** The sum. */
        public long total() {
            return this.pending + this.running + this.failed;
        }
    }
}
