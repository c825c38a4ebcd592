package io.tasklane.client;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts the savepoints that begin in one transaction. Spring tells when a savepoint begins or is rolled back, but not
 * when it is released; so work done after the beginning of one can not be told from work inside it.
 */
final class SavepointWatch implements TransactionSynchronization {

    private final Key key;

    private int begun;

    private SavepointWatch(Key key) {
        this.key = key;
    }

    /** Number of savepoints that have begun in the current transaction since it was first asked for. */
    static int begun(Object store) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return 0;
        }
        Key key = new Key(store);
        SavepointWatch watch = (@Nullable SavepointWatch) TransactionSynchronizationManager.getResource(key);
        if (watch == null) {
            watch = new SavepointWatch(key);
            TransactionSynchronizationManager.bindResource(key, watch);
            TransactionSynchronizationManager.registerSynchronization(watch);
        }
        return watch.begun;
    }

    @Override
    public void savepoint(Object savepoint) {
        this.begun++;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResourceIfPossible(this.key);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(this.key, this);
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(this.key);
    }

    /** A key of our own: under the store itself, the store may have bound what belongs to its transaction. */
    private record Key(Object store) {}
}
