package io.tasklane.store;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Place of a task in a list of tasks. The natural order is the order of {@link TaskSearch}: RUNNING newest first, QUEUED by
 * queue in the order of execution, BLOCKED oldest first, SCHEDULED by due time, then all that has ended, newest first.
 *
 * @param section part of the list
 * @param queue name of the queue in QUEUED, else empty
 * @param first first key inside the section, ascending
 * @param second second key, ascending; unique together with the others
 * @since 0.1.0
 */
public record TaskPosition(Section section, String queue, long first, long second) implements Comparable<TaskPosition> {

    /** Part of a list, in the order of the list. */
    public enum Section {
        /** Tasks that run. */
        RUNNING,
        /** Tasks that can be claimed. */
        QUEUED,
        /** Tasks that wait for their key. */
        BLOCKED,
        /** Tasks that are not yet due. */
        SCHEDULED,
        /** Tasks that have ended. */
        FINISHED;

        /** Returns the part in which tasks of a state are. */
        public static Section of(TaskState state) {
            return state.isFinished() ? FINISHED : Section.valueOf(state.name());
        }
    }

    /** Place of a running task. */
    public static TaskPosition running(Instant claimedAt, TaskId id) {
        return new TaskPosition(Section.RUNNING, "", -micros(claimedAt), -id.value());
    }

    /**
     * Place of a task that can be claimed.
     *
     * @param queue name of the queue
     * @param priority its priority
     * @param seq number of its insertion
     */
    public static TaskPosition queued(String queue, int priority, long seq) {
        return new TaskPosition(Section.QUEUED, queue, -(long) priority, seq);
    }

    /**
     * Place of a task that waits for its key.
     *
     * @param seq number of its insertion
     */
    public static TaskPosition blocked(TaskId id, long seq) {
        return new TaskPosition(Section.BLOCKED, "", id.value(), seq);
    }

    /** Place of a task that is not yet due. */
    public static TaskPosition scheduled(Instant runAt, TaskId id) {
        return new TaskPosition(Section.SCHEDULED, "", micros(runAt), id.value());
    }

    /** Place of a task that has ended. */
    public static TaskPosition finished(Instant finishedAt, TaskId id) {
        return new TaskPosition(Section.FINISHED, "", -micros(finishedAt), -id.value());
    }

    /** The time behind {@link #first}; only outside QUEUED and BLOCKED. */
    public Instant time() {
        return Instant.EPOCH.plus(Math.abs(this.first), ChronoUnit.MICROS);
    }

    @Override
    public int compareTo(TaskPosition other) {
        int order = this.section.compareTo(other.section);
        if (order == 0) {
            order = this.queue.compareTo(other.queue);
        }
        if (order == 0) {
            order = Long.compare(this.first, other.first);
        }
        return order != 0 ? order : Long.compare(this.second, other.second);
    }

    // The difference in nanoseconds, of which ChronoUnit makes microseconds, is too large for a long from 2262 on.
    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
