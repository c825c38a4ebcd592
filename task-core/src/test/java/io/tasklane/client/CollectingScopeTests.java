package io.tasklane.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tasklane.TaskException;
import io.tasklane.TaskHandle;
import io.tasklane.TaskPayloadException;
import io.tasklane.TaskRequest;
import io.tasklane.TaskState;
import io.tasklane.TaskWaitTimeoutException;
import io.tasklane.store.StoredTask;
import io.tasklane.test.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What is collected, what is written at once, and what is not written at all. */
class CollectingScopeTests {

    static TestDatabase database;

    private final ProducerRig rig = rig();

    private final DefaultTaskClient client = this.rig.client();

    private final TransactionTemplate transaction =
            new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));

    private final TransactionTemplate requiresNew =
            new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));

    private final TransactionTemplate nested;

    CollectingScopeTests() {
        this.requiresNew.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.nested = new TransactionTemplate(this.transaction.getTransactionManager());
        this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** A client on the store to test. */
    ProducerRig rig() {
        return new ProducerRig();
    }

    @BeforeAll
    static void open() {
        database = TestDatabase.h2();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void batchIsOneInsertInTheOrderOfTheCalls() {
        List<TaskHandle<?>> inside = new ArrayList<>();
        List<TaskHandle<?>> handles = this.client.batch(() -> {
            inside.add(call("T.a"));
            inside.add(call("T.b"));
            inside.add(call("T.c"));
            assertThat(this.rig.inserts()).isEmpty();
        });
        assertThat(this.rig.inserts()).hasSize(1);
        assertThat(this.rig.names()).containsExactly("T.a", "T.b", "T.c");
        assertThat(handles).containsExactlyElementsOf(inside);
        assertThat(this.rig.committed()).hasSize(3);
    }

    @Test
    void handleInsideHasItsIdAndAnEmptyStateUntilItIsWritten() {
        List<TaskHandle<?>> handles = this.client.batch(() -> {
            TaskHandle<?> handle = call("T.a");
            assertThat(handle.id().value()).isPositive();
            assertThat(handle.state()).isEmpty();
            assertThatIllegalStateException()
                    .isThrownBy(() -> handle.get(Duration.ofSeconds(5)))
                    .withMessageContaining("when the surrounding lambda returns");
        });
        assertThat(handles.get(0).state()).contains(TaskState.QUEUED);
    }

    @Test
    void nothingIsWrittenWhenTheLambdaThrows() {
        IllegalStateException unchecked = new IllegalStateException("no luck");
        assertThatIllegalStateException()
                .isThrownBy(() -> this.client.batch(() -> {
                    call("T.a");
                    throw unchecked;
                }))
                .isSameAs(unchecked);
        IOException checked = new IOException("no luck");
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> this.client.with(o -> o.queue("vip")).enqueue(() -> {
                    call("T.a");
                    throw checked;
                }))
                .withCause(checked);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> this.client.batch(() -> {
                    call("T.a");
                    throw new AssertionError();
                }));
        assertThat(this.rig.inserts()).isEmpty();
        call("T.after");
        assertThat(this.rig.names()).containsExactly("T.after");
    }

    @Test
    void interruptionInTheLambdaStaysVisible() {
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> this.client.batch(() -> {
                    throw new InterruptedException();
                }));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void enqueueRefusesNoneAndSeveral() {
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> this.client.enqueue(() -> {}))
                .withMessageContaining("called 0");
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> this.client.enqueue(() -> {
                    call("T.a");
                    call("T.b");
                }))
                .withMessageContaining("called 2");
        assertThat(this.rig.inserts()).isEmpty();
    }

    @Test
    void enqueueReturnsTheHandleOfItsCall() {
        List<TaskHandle<?>> inside = new ArrayList<>();
        TaskHandle<Void> ofRun = this.client.enqueue(() -> {
            inside.add(call("T.a"));
        });
        TaskHandle<String> ofGet = this.client.enqueue(() -> {
            TaskHandle<String> handle = typed("T.b");
            inside.add(handle);
            return handle;
        });
        assertThat(List.of(ofRun.id(), ofGet.id()))
                .isEqualTo(inside.stream().map(TaskHandle::id).toList());
    }

    @Test
    void badArgumentInsideLeavesNothing() {
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> this.client.batch(() -> {
                    call("T.a");
                    this.client.enqueue(TaskRequest.named("T.b").argument("bad", new Object()));
                }));
        assertThat(this.rig.inserts()).isEmpty();
    }

    @Test
    void innerOptionsWin() {
        this.client.with(o -> o.queue("vip").priority(5)).batch(() -> {
            call("T.outer");
            this.client.with(o -> o.priority(9)).enqueue(() -> call("T.inner"));
            this.client.with(o -> o.queue("email")).batch(() -> call("T.batch"));
            this.client
                    .with(o -> o.priority(1))
                    .enqueue(TaskRequest.named("T.name").queue("default"));
        });
        assertThat(this.rig.inserts()).hasSize(1);
        assertThat(this.rig.stored()).extracting(StoredTask::queue).containsExactly("vip", "vip", "email", "default");
        assertThat(this.rig.stored()).extracting(StoredTask::priority).containsExactly(5, 9, 5, 1);
    }

    @Test
    void dispatchCanBeKept() {
        var vip = this.client.with(o -> o.queue("vip"));
        vip.enqueue(() -> call("T.a"));
        vip.enqueue(() -> call("T.b"));
        assertThat(this.rig.stored()).extracting(StoredTask::queue).containsOnly("vip");
    }

    @Test
    void batchInABatchJoinsIt() {
        List<List<TaskHandle<?>>> inner = new ArrayList<>();
        List<TaskHandle<?>> outer = this.client.batch(() -> {
            call("T.a");
            inner.add(this.client.batch(() -> {
                call("T.b");
                call("T.c");
            }));
            assertThat(this.rig.inserts()).isEmpty();
            call("T.d");
        });
        assertThat(this.rig.inserts()).hasSize(1);
        assertThat(this.rig.names()).containsExactly("T.a", "T.b", "T.c", "T.d");
        assertThat(outer).hasSize(4).containsSubsequence(inner.get(0));
    }

    @Test
    void outerLambdaThatThrowsTakesTheInnerBatchWithIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> this.client.batch(() -> {
                    this.client.batch(() -> call("T.inner"));
                    throw new IllegalStateException();
                }));
        assertThat(this.rig.inserts()).isEmpty();
    }

    @Test
    void innerLambdaThatThrowsLeavesTheOuterCalls() {
        this.client.batch(() -> {
            call("T.a");
            assertThatIllegalStateException()
                    .isThrownBy(() -> this.client.batch(() -> {
                        call("T.inner");
                        throw new IllegalStateException();
                    }));
            call("T.b");
        });
        assertThat(this.rig.names()).containsExactly("T.a", "T.b");
    }

    @Test
    void callsOnOtherThreadsAreNotPartOfIt() {
        this.client.batch(() -> {
            Thread other = new Thread(() -> call("T.other"));
            other.start();
            other.join();
            assertThat(this.rig.names()).containsExactly("T.other");
        });
        assertThat(this.rig.inserts()).hasSize(1);
    }

    @Test
    void n1_scopeJoinsTheTransactionInWhichItIsOpened() {
        this.transaction.executeWithoutResult(status -> {
            this.client.batch(() -> {
                call("T.a");
                call("T.b");
            });
            assertThat(this.rig.stored()).isEmpty();
            assertThat(this.rig.committed()).isEmpty();
        });
        assertThat(this.rig.names()).containsExactly("T.a", "T.b");
        assertThat(this.rig.committed()).hasSize(2);
    }

    @Test
    void n1_rollBackLeavesNothing() {
        this.transaction.executeWithoutResult(status -> {
            this.client.batch(() -> call("T.a"));
            call("T.b");
            status.setRollbackOnly();
        });
        assertThat(this.rig.stored()).isEmpty();
        assertThat(this.rig.committed()).isEmpty();
    }

    @Test
    void callInATransactionBegunInsideIsWrittenAtOnceWithTheOptionsAndCounts() {
        TaskHandle<Void> handle = this.client.with(o -> o.queue("vip")).enqueue(() -> {
            this.transaction.executeWithoutResult(status -> {
                call("T.a");
                assertThat(this.rig.inserts()).hasSize(1);
            });
            assertThat(this.rig.names()).containsExactly("T.a");
        });
        assertThat(this.rig.only().id()).isEqualTo(handle.id());
        assertThat(this.rig.only().queue()).isEqualTo("vip");
        assertThat(this.rig.inserts()).hasSize(1);
    }

    @Test
    void callInANewTransactionInsideOneIsWrittenAtOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> this.transaction.executeWithoutResult(status -> this.client.batch(() -> {
                    call("T.collected");
                    this.requiresNew.executeWithoutResult(inner -> call("T.new"));
                    throw new IllegalStateException();
                })));
        assertThat(this.rig.names()).containsExactly("T.new");
    }

    @Test
    void callOutsideTheSuspendedTransactionIsWrittenAtOnce() {
        TransactionTemplate none = new TransactionTemplate(this.transaction.getTransactionManager());
        none.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.transaction.executeWithoutResult(status -> this.client.batch(() -> {
            call("T.collected");
            none.executeWithoutResult(inner -> call("T.none"));
            assertThat(this.rig.names()).containsExactly("T.none");
        }));
        assertThat(this.rig.names()).containsExactlyInAnyOrder("T.collected", "T.none");
    }

    @Test
    void batchInATransactionBegunInsideABatchIsWrittenInThatTransaction() {
        List<TaskHandle<?>> handles = this.client.batch(() -> {
            call("T.a");
            this.transaction.executeWithoutResult(status -> {
                this.client.batch(() -> call("T.b"));
                status.setRollbackOnly();
            });
            this.transaction.executeWithoutResult(status -> this.client.batch(() -> call("T.c")));
            assertThat(this.rig.names()).containsExactly("T.c");
        });
        assertThat(this.rig.names()).containsExactlyInAnyOrder("T.a", "T.c");
        assertThat(handles).hasSize(3);
    }

    @Test
    void handlesKeepTheOrderOfTheCallsWhereSomeAreWrittenAtOnce() {
        List<TaskHandle<?>> inside = new ArrayList<>();
        List<TaskHandle<?>> handles = this.client.batch(() -> {
            inside.add(call("T.a"));
            this.transaction.executeWithoutResult(status -> inside.add(call("T.b")));
            inside.add(call("T.c"));
        });
        assertThat(handles).containsExactlyElementsOf(inside);
    }

    @Test
    void callInASavepointIsWrittenAtOnceAndRollsBackWithIt() {
        this.transaction.executeWithoutResult(status -> this.client.batch(() -> {
            call("T.before");
            this.nested.executeWithoutResult(inner -> {
                call("T.lost");
                assertThat(this.rig.inserts()).hasSize(1);
                inner.setRollbackOnly();
            });
            this.nested.executeWithoutResult(inner -> call("T.kept"));
        }));
        assertThat(this.rig.names()).containsExactlyInAnyOrder("T.before", "T.kept");
    }

    @Test
    void afterASavepointInsideTheLambdaCallsAreWrittenAtOnce() {
        this.transaction.executeWithoutResult(status -> this.client.batch(() -> {
            this.nested.executeWithoutResult(inner -> {});
            call("T.a");
            assertThat(this.rig.inserts()).hasSize(1);
        }));
        assertThat(this.rig.names()).containsExactly("T.a");
        assertThat(this.rig.inserts()).hasSize(1);
    }

    @Test
    void scopeOpenedAfterASavepointCollects() {
        this.transaction.executeWithoutResult(status -> {
            this.client.batch(() -> call("T.first"));
            this.nested.executeWithoutResult(inner -> {
                this.client.batch(() -> {
                    call("T.a");
                    call("T.b");
                    assertThat(this.rig.inserts()).hasSize(1);
                });
            });
        });
        assertThat(this.rig.inserts()).hasSize(2);
        assertThat(this.rig.names()).containsExactly("T.first", "T.a", "T.b");
    }

    @Test
    void savepointsOfASuspendedTransactionAreNotMixedUp() {
        this.transaction.executeWithoutResult(status -> this.client.batch(() -> {
            call("T.a");
            this.requiresNew.executeWithoutResult(
                    other -> this.nestedIn(this.requiresNew).executeWithoutResult(inner -> call("T.b")));
            call("T.c");
            assertThat(this.rig.inserts()).hasSize(1);
        }));
        assertThat(this.rig.names()).containsExactlyInAnyOrder("T.a", "T.b", "T.c");
    }

    @Test
    void transactionThatEndsBeforeTheLambdaTakesTheCallsWithIt() {
        var manager = this.transaction.getTransactionManager();
        var status = manager.getTransaction(null);
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> this.client.batch(() -> {
                    call("T.a");
                    manager.commit(status);
                }))
                .withMessageContaining("began or ended inside the lambda");
        assertThat(this.rig.inserts()).isEmpty();
    }

    @Test
    void getIsRefusedInTheTransactionThatEnqueued() {
        List<TaskHandle<?>> handles = new ArrayList<>();
        this.transaction.executeWithoutResult(status -> {
            TaskHandle<?> direct = call("T.a");
            TaskHandle<?> collected = this.client.batch(() -> call("T.b")).get(0);
            for (TaskHandle<?> handle : List.of(direct, collected)) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> handle.get(Duration.ofSeconds(5)))
                        .withMessageContaining("enqueued in this transaction");
            }
            handles.add(direct);
        });
        this.transaction.executeWithoutResult(status -> assertThatExceptionOfType(TaskWaitTimeoutException.class)
                .isThrownBy(() -> handles.get(0).get(Duration.ZERO)));
    }

    @Test
    void stateInsideTheTransactionIsSeen() {
        this.transaction.executeWithoutResult(
                status -> assertThat(call("T.a").state()).contains(TaskState.QUEUED));
    }

    private TransactionTemplate nestedIn(TransactionTemplate other) {
        TransactionTemplate template = new TransactionTemplate(other.getTransactionManager());
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        return template;
    }

    private TaskHandle<?> call(String name) {
        return this.client.submit(
                DefaultTaskClientTests.definition(name, "default", null, null, null), new Object[] {1L, "x"});
    }

    @SuppressWarnings("unchecked")
    private TaskHandle<String> typed(String name) {
        return (TaskHandle<String>) call(name);
    }
}
