package io.tasklane.client;

import io.tasklane.store.TaskWriter;
import org.jspecify.annotations.Nullable;

/**
 * Where this thread stands: in which transaction of the store, and after how many savepoints of it.
 *
 * @param transaction what identifies the transaction, null where there is none
 * @param savepoints number of savepoints begun in it
 */
record TransactionPosition(@Nullable Object transaction, int savepoints) {

    static TransactionPosition current(TaskWriter writer) {
        Object transaction = writer.currentTransaction();
        return new TransactionPosition(transaction, transaction != null ? SavepointWatch.begun(writer) : 0);
    }

    boolean isSame(TransactionPosition other) {
        return isSameTransaction(other) && this.savepoints == other.savepoints;
    }

    boolean isSameTransaction(TransactionPosition other) {
        return this.transaction == other.transaction;
    }
}
