package io.tasklane.worker;

import io.tasklane.TaskException;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskTransaction;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskProgress;
import io.tasklane.store.TaskProgress.LeaseState;
import java.time.Instant;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * One run of a body in a transaction of its own, in which its task is completed. It is a success if and only if that commits;
 * where the answer to the commit is lost, the database is asked until it says so. Used by one thread.
 */
final class TransactionalRun {

    private static final Log logger = LogFactory.getLog(TransactionalRun.class);

    private final PlatformTransactionManager manager;

    private final TaskProgress progress;

    private final RunningTask task;

    private final Instant startedAt;

    private @Nullable BodyEnd decided;

    TransactionalRun(PlatformTransactionManager manager, TaskProgress progress, RunningTask task, Instant startedAt) {
        this.manager = manager;
        this.progress = progress;
        this.task = task;
        this.startedAt = startedAt;
    }

    /**
     * Runs a body; what it throws leaves here, after the roll-back.
     *
     * @return what it returned; the transaction has committed
     */
    @Nullable
    Object run(TaskDefinition definition, Body body, ResultWriter results) throws Throwable {
        if (this.decided != null) {
            throw new TaskException("%s has run already, and what came of it is decided".formatted(this.task));
        }
        TransactionStatus transaction = begin(definition);
        Object returned;
        try {
            returned = body.run();
        } catch (Throwable ex) {
            if (!rollBack(transaction, ex)) {
                decide(ex, true, null);
            }
            throw ex;
        }
        String result;
        boolean completed;
        try {
            result = results.text(returned);
            completed = complete(transaction, result);
        } catch (Throwable ex) {
            if (!rollBack(transaction, ex) || this.progress.isUnreachable(ex)) {
                decide(ex, true, null);
            }
            throw ex;
        }
        if (!completed) {
            throw refused(transaction);
        }
        commit(transaction, result);
        return returned;
    }

    /** How the run ended, where the transaction says so; null if it ended like one without a transaction. */
    @Nullable
    BodyEnd decided() {
        return this.decided;
    }

    // A new one in any case: if it joined another, round the interceptors, its commit would not be one.
    private TransactionStatus begin(TaskDefinition definition) {
        TaskTransaction wanted = Objects.requireNonNull(definition.transaction());
        DefaultTransactionDefinition attributes =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        attributes.setName(definition.source());
        attributes.setIsolationLevel(wanted.isolation());
        attributes.setTimeout(wanted.timeoutSeconds());
        DatabaseWait wait = new DatabaseWait(this.task, "for the transaction of %s".formatted(this.task));
        while (true) {
            try {
                return this.manager.getTransaction(attributes);
            } catch (RuntimeException ex) {
                if (!this.progress.isUnreachable(ex)) {
                    throw ex;
                }
                wait.pause(ex);
                if (this.task.isCancellationRequested()) {
                    throw ex;
                }
            }
        }
    }

    /** Writes that the task has succeeded, after all that the body has left to be written. Returns whether it may. */
    private boolean complete(TransactionStatus transaction, @Nullable String result) {
        if (this.task.isCancellationRequested()) {
            throw new TaskException("%s was told to stop, so what it wrote is rolled back".formatted(this.task));
        }
        transaction.flush();
        TaskCompletion completion =
                this.task.leased().completion(this.startedAt, this.task.now(), new TaskOutcome.Succeeded(result));
        return this.progress.succeedInTransaction(completion);
    }

    private TaskException refused(TransactionStatus transaction) {
        TaskException refusal =
                new TaskException("%s was cancelled, or is no longer owned by this worker: what it wrote is rolled back"
                        .formatted(this.task));
        rollBack(transaction, refusal);
        this.decided = leaseState(refusal) == LeaseState.HELD ? new BodyEnd.Cancelled() : new BodyEnd.LeaseLost();
        return refusal;
    }

    private void commit(TransactionStatus transaction, @Nullable String result) {
        BodyEnd committed = new BodyEnd.Committed(result);
        try {
            this.manager.commit(transaction);
            this.decided = committed;
        } catch (UnexpectedRollbackException ex) {
            throw ex;
        } catch (RuntimeException | Error ex) {
            decide(ex, this.progress.isUnreachable(ex), committed);
            if (this.decided != committed) {
                throw ex;
            }
            logger.warn(
                    "Committing %s failed, but it has committed: either the answer was lost, or a callback failed"
                            .formatted(this.task),
                    ex);
        }
    }

    /**
     * Finds out what became of the transaction; nothing is decided if it was rolled back for a reason of its own.
     *
     * @param disconnected whether it has lost its connection
     * @param committed how the run ended if it has committed; null if it cannot have
     */
    private void decide(Throwable failure, boolean disconnected, @Nullable BodyEnd committed) {
        LeaseState state = leaseState(failure);
        if (state == LeaseState.SUCCEEDED && committed != null) {
            this.decided = committed;
        } else if (state != LeaseState.HELD) {
            this.decided = new BodyEnd.LeaseLost();
        } else if (disconnected) {
            this.decided = new BodyEnd.Disconnected(failure);
        }
    }

    /** Asks until there is an answer, or it is of no more use: once the lease is lost, others decide by the same row. */
    private LeaseState leaseState(Throwable failure) {
        DatabaseWait wait = new DatabaseWait(
                this.task, "to find out whether the transaction of %s has committed".formatted(this.task));
        Throwable reason = failure;
        while (!this.task.isLeaseLost()) {
            try {
                LeaseState state = this.progress.leaseState(this.task.leased().lease());
                if (state != LeaseState.CHANGING) {
                    return state;
                }
            } catch (RuntimeException ex) {
                reason = ex;
            }
            wait.pause(reason);
        }
        return LeaseState.GONE;
    }

    // Only a transaction without its connection cannot roll back; then the database does. What the body throws may look
    // like a
    // lost connection and be one to somewhere else.
    private boolean rollBack(TransactionStatus transaction, Throwable reason) {
        try {
            this.manager.rollback(transaction);
            return true;
        } catch (RuntimeException | Error ex) {
            reason.addSuppressed(ex);
            return false;
        }
    }

    /** What runs in the transaction. */
    @FunctionalInterface
    interface Body {

        @Nullable
        Object run() throws Throwable;
    }

    /** Turns what a body returned into text. */
    @FunctionalInterface
    interface ResultWriter {

        @Nullable
        String text(@Nullable Object returned);
    }
}
