package io.tasklane.store;

import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells whether the transaction that Spring shows as active has committed already: it still does so while it calls
 * {@code afterCommit}, where a task can no longer join it. Works for the transaction managers to which it is added.
 */
public final class TransactionEnd implements TransactionExecutionListener {

    private static final Object KEY = new Object();

    /** Whether the current transaction of this thread has committed; false where nobody can say. */
    public static boolean isReached() {
        return TransactionSynchronizationManager.getResource(KEY) instanceof Mark mark && mark.reached;
    }

    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (transaction.isNewTransaction()
                && TransactionSynchronizationManager.isSynchronizationActive()
                && !TransactionSynchronizationManager.hasResource(KEY)) {
            Mark mark = new Mark();
            TransactionSynchronizationManager.registerSynchronization(mark);
            mark.resume();
        }
    }

    /** Bound to one transaction, from shortly before its commit to its end. */
    private static final class Mark implements TransactionSynchronization {

        private boolean reached;

        // The commit may still call the host's code, such as listeners of entities; the first callback after it is
        // this.
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(KEY);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(KEY, this);
        }

        @Override
        public void afterCommit() {
            this.reached = true;
        }

        @Override
        public void afterCompletion(int status) {
            suspend();
        }
    }
}
