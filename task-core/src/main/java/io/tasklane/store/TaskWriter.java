package io.tasklane.store;

import io.tasklane.TaskId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserting tasks: what a producer needs from a store. */
public interface TaskWriter {

    /** Returns an id that no other task has; taken from a block, so that most calls do not touch the database. */
    TaskId newId();

    /**
     * Makes names of tasks known to the store, in a transaction of its own. For those that it meets first in an insert it
     * needs a connection beside the caller's, which a pool under load may not have.
     *
     * @param tasks names of tasks that are going to be inserted; may be empty
     */
    void intern(Collection<String> tasks);

    /**
     * Inserts tasks in the caller's transaction on this store's database. Without one, and after one has completed, they
     * are written and committed in a transaction of their own before this method returns.
     *
     * @param tasks what to insert, all or none; may be empty
     * @param committed told after the commit, never after a roll-back
     * @throws io.tasklane.TaskTransactionException if the caller's transaction is read-only or belongs to another database
     */
    void insert(List<NewTask> tasks, TaskCommitListener committed);

    /**
     * Returns what identifies the transaction that {@link #insert} would join now, to be compared with {@code ==}; null if
     * it would use one of its own. The same object from the beginning of the transaction to its end, inside savepoints too.
     */
    @Nullable
    Object currentTransaction();
}
