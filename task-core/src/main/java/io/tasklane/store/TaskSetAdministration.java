package io.tasklane.store;

import io.tasklane.NoSuchQueueException;
import io.tasklane.TaskId;
import io.tasklane.store.AuditStore.Entry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does to many tasks, a batch at a time, each in a transaction of the store's own. Right also beside workers: what
 * they claim or complete at that moment is passed by.
 */
public interface TaskSetAdministration {

    /**
     * Counts the tasks that a change would concern now.
     *
     * @throws NoSuchQueueException if a queue of the change does not exist
     */
    long count(TaskSetChange change);

    /**
     * Changes the next tasks, and writes in the same transaction who has done that: unfinished with the first batch, the number of
     * tasks with each, and as it is with the last.
     *
     * @param change what is done
     * @param audit what is written of the whole operation
     * @param after where the batch before ended, null for the first batch
     * @param limit most tasks to look at
     * @param committed told after the commit
     * @return what was done, and where the next batch starts
     * @throws NoSuchQueueException if a queue of the change does not exist
     */
    Batch change(TaskSetChange change, Entry audit, @Nullable Cursor after, int limit, TaskChangeListener committed);

    /**
     * Deletes a task with its attempts if it is SCHEDULED in a queue, and writes in the same transaction who has done that.
     *
     * @param queue name of the queue
     * @param id the task
     * @param audit what is written if there is such a task
     * @return false if there is no such task
     */
    boolean deleteScheduled(String queue, TaskId id, Entry audit);

    /**
     * What was done.
     *
     * @param changed number of tasks that were changed
     * @param next where the next batch starts, null if there is none
     */
    record Batch(long changed, @Nullable Cursor next) {}

    /**
     * Where a batch has ended.
     *
     * @param since when the first batch began; what came later is left alone
     * @param audit id of what is written of the operation
     * @param state index of the state that is being looked through
     * @param first first key within it
     * @param second second key within it
     */
    record Cursor(Instant since, long audit, int state, long first, long second) {}
}
