package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.Completion;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.handler.TaskHandler;
import io.tasklane.handler.TaskTransaction;
import io.tasklane.observation.TaskExecutionOutcome;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskLease;
import io.tasklane.test.ResourcelessTransactionManager;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tasks that complete in the transaction of their body, whatever happens. */
@Timeout(60)
class InTransactionTests {

    private final TestStore store = new TestStore();

    private final FailingManager manager = new FailingManager();

    private Around around = next -> next.proceed();

    private final TestNode node =
            new TestNode(this.store, settings(), 2, (context, next) -> this.around.intercept(next::proceed));

    private static WorkerSettings settings() {
        return TestNode.settings().withNode(TestNode.settings().node().withDrainTimeout(Duration.ofMillis(50)));
    }

    @BeforeEach
    void useManager() {
        this.node.transactions = this.manager;
    }

    @AfterEach
    void stop() {
        this.node.close();
    }

    @Test
    void n2_theTaskCompletesWithItsTransactionAndIsNotWrittenAgain() {
        AtomicInteger written = new AtomicInteger();
        this.store.interference = (method, arguments) -> {
            if (method.equals("exchange")) {
                written.addAndGet(((List<?>) arguments[1]).size());
            }
        };
        TaskId task = run(call -> {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            assertThat(TransactionSynchronizationManager.getCurrentTransactionName())
                    .isEqualTo("test");
            return null;
        });
        awaitState(task, TaskState.SUCCEEDED);
        awaitState(enqueue(), TaskState.SUCCEEDED);
        awaitState(enqueue(), TaskState.SUCCEEDED);
        assertThat(written).as("though the container has two slots only").hasValue(0);
        await().until(() -> this.node.outcomes.size() == 3);
        assertThat(this.node.outcomes).containsOnly(TaskExecutionOutcome.SUCCEEDED);
        await().until(() -> this.node.registry.containers().get(0).running() == 0);
    }

    @Test
    void n3_childrenExistAndStartWithTheCommitOnly() {
        CountDownLatch ended = new CountDownLatch(1);
        this.node.handle("child", call -> null);
        TaskId task = run(call -> {
            for (int i = 0; i < 3; i++) {
                this.store.enqueue("child", "default", this.node.registry);
            }
            if (this.node.started.size() == 1) {
                throw new IOException("a checked one");
            }
            ended.await();
            return null;
        });
        await().until(() -> this.node.started.size() == 2);
        assertThat(this.store.real().attempts(task))
                .extracting(StoredAttempt::outcome)
                .containsExactly(StoredAttempt.Outcome.RETRIED);
        assertThat(this.store.count("default", TaskState.QUEUED)).isZero();
        ended.countDown();
        await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 4);
        assertThat(this.node.started).hasSize(5);
        assertThat(this.store.find(task).retriesUsed()).isEqualTo(1);
    }

    @Test
    void decision14_whateverIsThrownRollsBack() {
        for (Throwable thrown : List.of(
                new IOException("checked"), new IllegalStateException("unchecked"), new StackOverflowError("error"))) {
            String name = "throws " + thrown.getMessage();
            this.node.handle(TestNode.definition(name, Completion.IN_TRANSACTION), call -> {
                this.store.enqueue("child", "other");
                throw thrown;
            });
        }
        this.store.queue("other");
        this.node.start();
        for (String name : List.of("throws checked", "throws unchecked", "throws error")) {
            TaskId task = this.store.enqueue(name, "default", 0, "x", 0, null, this.node.registry);
            awaitState(task, TaskState.FAILED);
            assertThat(name).endsWith(this.store.find(task).error().message());
        }
        assertThat(this.store.count("other", TaskState.QUEUED)).isZero();
    }

    @Test
    void decision14_aTransactionMarkedForRollBackIsAFailure() {
        TaskId task = run(call -> {
            new TransactionTemplate(this.manager).executeWithoutResult(TransactionStatus::setRollbackOnly);
            return null;
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).error().type()).endsWith("UnexpectedRollbackException");
        assertThat(this.store.find(task).retriesUsed()).isEqualTo(3);
        assertThat(this.store.calls("leaseState")).as("nothing to find out").isZero();
    }

    @Test
    void decision14_aWorkerThatNoLongerOwnsTheTaskRollsBack() {
        AtomicBoolean first = new AtomicBoolean(true);
        this.store.interference = (method, arguments) -> {
            if (method.equals("succeedInTransaction") && first.getAndSet(false)) {
                TaskLease lease = ((TaskCompletion) arguments[0]).lease();
                this.store.real().leave(lease.worker());
                this.store.real().recover(Duration.ofHours(1), 3);
            }
        };
        this.store.queue("other");
        TaskId task = run(call -> this.store.enqueue("child", "other"));
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.node.started).hasSize(2);
        // The node may just be looking at it: it has no handler for it.
        await().until(() -> this.store.count("other", TaskState.QUEUED) == 1);
        assertThat(this.node.lost).hasValue(1);
        await().until(() -> this.node.outcomes.size() == 2);
        assertThat(this.node.outcomes).containsExactly(TaskExecutionOutcome.LOST, TaskExecutionOutcome.SUCCEEDED);
    }

    @Test
    void x29_aTaskThatIsCancelledBeforeItsCompletionRollsBack() {
        this.store.interference = (method, arguments) -> {
            if (method.equals("succeedInTransaction")) {
                TaskId completing = ((TaskCompletion) arguments[0]).lease().task();
                // By an operator, not by the transaction of the body.
                CompletableFuture.runAsync(() -> this.store.real().cancel(completing, this.node.registry))
                        .join();
            }
        };
        this.store.queue("other");
        TaskId task = run(call -> this.store.enqueue("child", "other"));
        awaitState(task, TaskState.CANCELLED);
        assertThat(this.store.count("other", TaskState.QUEUED)).isZero();
        await().until(() -> this.node.outcomes.size() == 1);
        assertThat(this.node.outcomes).containsExactly(TaskExecutionOutcome.CANCELLED);
        assertThat(this.node.lost).hasValue(0);
    }

    @Test
    void decision14_aCommitWithoutAnAnswerIsLookedUpAndNotRepeated() {
        AtomicInteger away = new AtomicInteger();
        this.manager.afterCommit = () -> {
            throw new DataAccessResourceFailureException("the answer got lost");
        };
        this.store.interference = (method, arguments) -> {
            if (method.equals("leaseState") && away.incrementAndGet() < 3) {
                throw new DataAccessResourceFailureException("away");
            }
        };
        TaskId task = run(call -> null);
        await().until(() -> away.get() == 3);
        awaitState(task, TaskState.SUCCEEDED);
        await().until(() -> this.node.outcomes.size() == 1);
        assertThat(this.node.outcomes).containsExactly(TaskExecutionOutcome.SUCCEEDED);
        await().until(() -> this.node.registry.containers().get(0).running() == 0);
        assertThat(this.node.started).hasSize(1);
        assertThat(this.node.lost).hasValue(0);
    }

    @Test
    void decision14_guarantee5_aCommitThatNeverArrivedUsesNoRetry() {
        AtomicInteger commits = new AtomicInteger();
        this.manager.insteadOfCommit = () -> {
            if (commits.incrementAndGet() <= 3) {
                throw new DataAccessResourceFailureException("the connection broke");
            }
        };
        TaskId task = run(call -> null);
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.node.started).hasSize(4);
        assertThat(this.store.find(task).retriesUsed()).isZero();
        assertThat(this.store.find(task).recoveries()).isEqualTo(3);
    }

    @Test
    void decision14_guarantee5_aBodyThatCannotRollBackHasLostItsConnectionAndUsesNoRetry() {
        AtomicBoolean lost = new AtomicBoolean(true);
        this.manager.insteadOfRollback = () -> {
            if (lost.get()) {
                throw new TransactionSystemException("no connection");
            }
        };
        TaskId task = run(call -> {
            if (this.node.started.size() == 1) {
                throw new IllegalStateException("the statement failed");
            }
            lost.set(false);
            if (this.node.started.size() == 2) {
                throw new DataAccessResourceFailureException("another server");
            }
            return null;
        });
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.node.started).hasSize(3);
        assertThat(this.store.find(task).recoveries()).isEqualTo(1);
        assertThat(this.store.find(task).retriesUsed()).isEqualTo(1);
    }

    @Test
    void decision14_aTaskThatAlwaysLosesItsConnectionFailsInTheEnd() {
        this.manager.insteadOfCommit = () -> {
            throw new DataAccessResourceFailureException("the connection broke");
        };
        this.node
                .handle(TestNode.definition("task", Completion.IN_TRANSACTION), call -> null)
                .start();
        TaskId task = this.store.enqueue("task", "default", 0, "x", 1, null, this.node.registry);
        awaitState(task, TaskState.FAILED);
        assertThat(this.node.started).as("put back three times, then one retry").hasSize(5);
        assertThat(this.store.find(task).error().message()).isEqualTo("the connection broke");
    }

    @Test
    void decision14_aCommitThatIsRefusedIsAFailure() {
        this.manager.insteadOfCommit = () -> {
            throw new DataIntegrityViolationException("a deferred constraint");
        };
        TaskId task = run(call -> null);
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).retriesUsed()).isEqualTo(3);
        assertThat(this.store.find(task).error().message()).isEqualTo("a deferred constraint");
    }

    @Test
    void decision14_aCallbackThatFailsAfterTheCommitChangesNothing() {
        TaskId task = run(call -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    throw new IllegalStateException("too late");
                }
            });
            return null;
        });
        awaitState(task, TaskState.SUCCEEDED);
        await().until(() -> this.node.outcomes.size() == 1);
        assertThat(this.node.outcomes).containsExactly(TaskExecutionOutcome.SUCCEEDED);
        assertThat(this.node.started).hasSize(1);
    }

    @Test
    void guarantee5_theBodyWaitsForItsTransactionWhileTheDatabaseIsAway() {
        AtomicInteger away = new AtomicInteger();
        this.manager.beforeBegin = () -> {
            if (away.incrementAndGet() < 4) {
                throw new CannotCreateTransactionException("away", new DataAccessResourceFailureException("no pool"));
            }
        };
        // The store knows what it has thrown itself, and what such a cause is.
        this.store.unreachable = failure -> failure.getCause() instanceof DataAccessResourceFailureException;
        TaskId task = run(call -> null);
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.node.started).hasSize(1);
        assertThat(away).hasValue(4);
        assertThat(this.store.find(task).retriesUsed()).isZero();
        assertThat(this.store.find(task).recoveries()).isZero();
    }

    @Test
    void guarantee5_aTaskThatWaitsForItsTransactionGoesBackWhenTheNodeStops() {
        this.manager.beforeBegin = () -> {
            throw new DataAccessResourceFailureException("away");
        };
        TaskId task = run(call -> null);
        await().until(() -> this.manager.begins.get() >= 2);
        this.node.close();
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        assertThat(this.node.started).isEmpty();
    }

    @Test
    void decision8_aBodyThatEndsBecauseItWasToldToStopRollsBack() {
        this.store.queue("other");
        TaskId task = run(call -> {
            this.store.enqueue("child", "other");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ex) {
                // It stops, and returns as if all were done.
            }
            return null;
        });
        await().until(() -> this.node.started.size() == 1);
        this.node.close();
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        assertThat(this.store.find(task).retriesUsed()).isZero();
        assertThat(this.store.count("other", TaskState.QUEUED)).isZero();
    }

    @Test
    void decision8_aCommitThatIsInDoubtWhenTheNodeStopsIsNotRepeated() {
        this.manager.afterCommit = () -> {
            throw new DataAccessResourceFailureException("the answer got lost");
        };
        AtomicBoolean away = new AtomicBoolean(true);
        this.store.interference = (method, arguments) -> {
            if (method.equals("leaseState") && away.get()) {
                throw new DataAccessResourceFailureException("away");
            }
        };
        TaskId task = run(call -> null);
        await().until(() -> this.store.calls("leaseState") >= 1);
        this.node.close();
        assertThat(this.store.state(task)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(this.store.real().attempts(task)).isEmpty();
        assertThat(this.node.started).hasSize(1);
    }

    @Test
    void aResultThatCannotBeWrittenRollsBack() {
        this.store.queue("other");
        TaskId task = run(String.class, call -> {
            this.store.enqueue("child", "other");
            return "unwritable";
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.count("other", TaskState.QUEUED)).isZero();
        assertThat(this.store.calls("succeedInTransaction")).isZero();
    }

    @Test
    void interceptorsAreOutsideOfTheTransactionAndCannotUndoIt() {
        this.around = next -> {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isFalse();
            next.proceed();
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isFalse();
            assertThat(this.store.count("default", TaskState.SUCCEEDED)).isEqualTo(1);
            next.proceed();
            return "another result";
        };
        TaskId task = run(String.class, call -> "result");
        await().until(() -> this.node.outcomes.size() == 1);
        assertThat(this.node.outcomes).containsExactly(TaskExecutionOutcome.SUCCEEDED);
        assertThat(this.store.find(task).result()).isEqualTo("result");
        assertThat(this.node.started).as("the second call runs nothing").hasSize(1);
    }

    @Test
    void anInterceptorMayTryAgainWhatWasRolledBack() {
        this.around = next -> {
            try {
                return next.proceed();
            } catch (IOException ex) {
                return next.proceed();
            }
        };
        this.store.queue("other");
        TaskId task = run(call -> {
            this.store.enqueue("child", "other");
            if (this.node.started.size() == 1) {
                throw new IOException("once");
            }
            return null;
        });
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.store.real().attempts(task)).isEmpty();
        assertThat(this.store.count("other", TaskState.QUEUED)).isEqualTo(1);
    }

    @Test
    void theTransactionIsANewOneAndHasWhatTheMethodAsksFor() {
        this.around = next -> new TransactionTemplate(this.manager).execute(status -> {
            try {
                return next.proceed();
            } catch (Throwable ex) {
                throw new IllegalStateException(ex);
            }
        });
        this.node
                .handle(
                        TestNode.definition(
                                "task", null, new TaskTransaction(TransactionDefinition.ISOLATION_SERIALIZABLE, 7, "")),
                        call -> null)
                .start();
        awaitState(enqueue(), TaskState.SUCCEEDED);
        TransactionDefinition last = this.manager.definition;
        assertThat(last.getIsolationLevel()).isEqualTo(TransactionDefinition.ISOLATION_SERIALIZABLE);
        assertThat(last.getTimeout()).isEqualTo(7);
        assertThat(last.getPropagationBehavior()).isEqualTo(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        assertThat(this.store.calls("leaseState")).as("its commit was one").isZero();
    }

    @Test
    void withoutATransactionManagerTheTaskFails() {
        this.node.transactions = null;
        TaskId task = run(call -> null);
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).error().message()).contains("'task' completes in a transaction");
        assertThat(this.node.started).isEmpty();
    }

    private TaskId run(TaskHandler body) {
        return run(null, body);
    }

    private TaskId run(@Nullable Type result, TaskHandler body) {
        this.node
                .handle(TestNode.definition("task", result, TaskTransaction.DEFAULT), body)
                .start();
        return enqueue();
    }

    private TaskId enqueue() {
        return this.store.enqueue("task", "default", this.node.registry);
    }

    private void awaitState(TaskId task, TaskState state) {
        await().until(() -> this.store.state(task) == state);
    }

    /** What an interceptor does. */
    private interface Around {

        @Nullable
        Object intercept(Proceeding next) throws Throwable;
    }

    /** The rest of the chain. */
    private interface Proceeding {

        @Nullable
        Object proceed() throws Throwable;
    }

    /** Fails where a test wants it to. */
    private static final class FailingManager implements PlatformTransactionManager {

        private final PlatformTransactionManager real = new ResourcelessTransactionManager();

        private final AtomicInteger begins = new AtomicInteger();

        private volatile Runnable beforeBegin = () -> {};

        private volatile Runnable insteadOfCommit = () -> {};

        private volatile Runnable afterCommit = () -> {};

        private volatile Runnable insteadOfRollback = () -> {};

        private volatile TransactionDefinition definition = TransactionDefinition.withDefaults();

        @Override
        public TransactionStatus getTransaction(@Nullable TransactionDefinition wanted) {
            this.begins.incrementAndGet();
            this.beforeBegin.run();
            this.definition = wanted;
            return this.real.getTransaction(wanted);
        }

        @Override
        public void commit(TransactionStatus status) {
            try {
                this.insteadOfCommit.run();
            } catch (RuntimeException ex) {
                this.real.rollback(status);
                throw ex;
            }
            this.real.commit(status);
            this.afterCommit.run();
        }

        @Override
        public void rollback(TransactionStatus status) {
            this.real.rollback(status);
            this.insteadOfRollback.run();
        }
    }
}
