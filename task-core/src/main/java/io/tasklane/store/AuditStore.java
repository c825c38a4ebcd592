package io.tasklane.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators did, as stored. */
public interface AuditStore {

    /** Longest name of an actor. */
    int MAX_ACTOR_LENGTH = 255;

    /**
     * Writes what was done now.
     *
     * @param entry what was done
     * @param joined whether it belongs to the caller's transaction, as what is done to single tasks; else it is written in one of the
     *     store's own
     */
    void audit(Entry entry, boolean joined);

    /** Returns what was done, the last first. */
    List<AuditRecord> audited(int limit);

    /**
     * What was done.
     *
     * @param actor who, at most {@value #MAX_ACTOR_LENGTH} characters
     * @param action what, at most 50 characters
     * @param queue name of the queue, null where it is a single task
     * @param detail which tasks, and how
     * @param tasks number of tasks
     */
    record Entry(
            String actor,
            String action,
            @Nullable String queue,
            @Nullable String detail,
            long tasks) {

        /** The same, of an operation that has begun, and would stand like this if it went no further. */
        public Entry unfinished() {
            return new Entry(
                    this.actor,
                    this.action,
                    this.queue,
                    this.detail != null ? this.detail + ", not finished" : "not finished",
                    this.tasks);
        }
    }
}
