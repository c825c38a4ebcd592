package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSpec;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What tasks run on. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ExecutorsTests {

    private final TestStore store = new TestStore();

    private final List<String> threads = new CopyOnWriteArrayList<>();

    private final Semaphore gate = new Semaphore(0);

    private final AtomicInteger running = new AtomicInteger();

    private final AtomicInteger mostRunning = new AtomicInteger();

    private TestNode node;

    @AfterEach
    void stop() {
        this.gate.release(1_000);
        this.node.close();
    }

    @Test
    void c19_d8_inlineTasksRunOnTheContainersThreadOneAfterTheOtherInTheirOrder() {
        this.store.real().declare(QueueSpec.named("strict").concurrency(8));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            this.store.enqueue("named", "strict", 0, "task-" + i);
            expected.add("task-" + i);
        }
        this.gate.release(1_000);
        start(TestNode.settings().withThreads(WorkerThreads.INLINE));
        await().until(() -> this.store.count("strict", TaskState.SUCCEEDED) == 50);
        assertThat(this.node.started).containsExactlyElementsOf(expected);
        assertThat(this.threads).containsOnly("tasklane-fetch-strict");
        assertThat(this.mostRunning).hasValue(1);
        assertThat(this.node.registry.containers())
                .extracting(WorkerContainerInfo::concurrency)
                .containsOnly(1);
    }

    @Test
    void c19_anInlineTaskIsRetriedCancelledAndInterruptedLikeAnyOther() {
        start(TestNode.settings().withThreads(WorkerThreads.INLINE));
        TaskId failing = this.store.enqueue("failing", "default");
        await().until(() -> this.store.state(failing) == TaskState.FAILED);
        assertThat(this.store.find(failing).retriesUsed()).isEqualTo(3);
        TaskId stopped = this.store.enqueue("named", "default");
        await().until(() -> this.running.get() == 1);
        this.node.close();
        assertThat(this.store.find(stopped))
                .as("put back at the end of the drain timeout")
                .returns(TaskState.QUEUED, StoredTask::state)
                .returns(0, StoredTask::retriesUsed);
    }

    @Test
    void c19_d8_tasksRunOnAnExecutorOfTheApplicationThatGoesOnAfterwards() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4, body -> new Thread(body, "mine"));
        try {
            this.gate.release(1_000);
            start(TestNode.settings()
                    .withThreads(WorkerThreads.ofBean("pool"))
                    .withExecutors(Map.of("pool", pool)::get));
            TaskId task = this.store.enqueue("named", "default");
            await().until(() -> this.store.state(task) == TaskState.SUCCEEDED);
            assertThat(this.threads).containsOnly("mine");
            this.node.close();
            assertThat(pool.submit(() -> 1).get()).isOne();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void c19_whatAFullExecutorRejectsKeepsItsPlaceAndRunsLaterWithOneWarning(CapturedOutput output) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
        AtomicInteger rejected = new AtomicInteger();
        pool.setRejectedExecutionHandler((body, executor) -> {
            rejected.incrementAndGet();
            throw new RejectedExecutionException("full");
        });
        try {
            List<TaskId> tasks = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                tasks.add(this.store.enqueue("named", "default"));
            }
            start(TestNode.settings()
                    .withThreads(WorkerThreads.ofBean("pool"))
                    .withExecutors(Map.of("pool", pool)::get));
            await().until(() -> this.running.get() == 1 && rejected.get() > 1);
            this.gate.release(1_000);
            await().atMost(Duration.ofSeconds(40)).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 5);
            assertThat(tasks).extracting(this.store::find).allSatisfy(task -> {
                assertThat(task.retriesUsed()).isZero();
                assertThat(task.recoveries()).isZero();
            });
            assertThat(output.getOut().split("has no thread for", -1)).hasSize(2);
            assertThat(output).doesNotContain("No thread for").doesNotContain("ERROR");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void c19_virtualAndPlatformThreadsInOneNode() throws Exception {
        this.store.queue("virtual");
        this.gate.release(1_000);
        WorkerSettings settings = TestNode.settings();
        start(new WorkerSettings(
                settings.node(),
                settings.queues(),
                List.of(),
                settings.defaults(),
                Map.of("virtual", new WorkerQueueSettings(Duration.ofSeconds(1), WorkerThreads.VIRTUAL))));
        this.node.handle("virtual?", call -> {
            Object virtual = Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
            this.threads.add(virtual + " " + call.arguments()[0]);
            return null;
        });
        this.store.enqueue("virtual?", "virtual", 0, "virtual");
        this.store.enqueue("virtual?", "default", 0, "platform");
        await().until(() -> this.threads.size() == 2);
        assertThat(this.threads).containsExactlyInAnyOrder("true virtual", "false platform");
    }

    @Test
    void whatIsNoExecutorIsRefused() {
        start(TestNode.settings());
        for (String text : List.of("", "magic", "bean:", "bean")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WorkerThreads.valueOf(text))
                    .withMessageContaining("use 'platform', 'virtual', 'inline', or 'bean:'");
        }
        assertThat(WorkerThreads.valueOf("bean:mail")).hasToString("bean:mail").isEqualTo(WorkerThreads.ofBean("mail"));
        assertThat(WorkerThreads.valueOf(" VIRTUAL "))
                .isSameAs(WorkerThreads.VIRTUAL)
                .hasToString("virtual");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerContainerSettings(
                        "one",
                        List.of("a"),
                        java.util.Set.of(),
                        QueueOrder.STRICT,
                        ConcurrencyRange.of(2),
                        WorkerThreads.INLINE))
                .withMessageContaining("runs one task at a time, so concurrency must be 1, not 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskExecutors.NONE.get("pool"))
                .withMessageContaining("no executor 'pool'");
    }

    private void start(WorkerSettings settings) {
        this.node =
                new TestNode(this.store, settings.withNode(settings.node().withDrainTimeout(Duration.ofMillis(100))));
        this.node
                .handle("named", call -> {
                    this.threads.add(Thread.currentThread().getName());
                    this.mostRunning.accumulateAndGet(this.running.incrementAndGet(), Math::max);
                    try {
                        this.gate.acquire();
                    } finally {
                        this.running.decrementAndGet();
                    }
                    return null;
                })
                .handle("failing", call -> {
                    throw new IllegalStateException("on purpose");
                })
                .start();
    }
}
