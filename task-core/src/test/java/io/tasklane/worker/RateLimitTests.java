package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.RateLimit;
import io.tasklane.TaskAdmin;
import io.tasklane.TaskId;
import io.tasklane.TaskQueues;
import io.tasklane.TaskState;
import io.tasklane.admin.DefaultTaskAdmin;
import io.tasklane.audit.OperatorAudit;
import io.tasklane.queue.TestQueues;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.StoredTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes whose queues have a rate limit. */
@Timeout(60)
class RateLimitTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestStore store = new TestStore();

    private final List<TestNode> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        this.nodes.forEach(TestNode::close);
    }

    @Test
    void a5_x8_twoWorkersStartTenTasksASecondAndAskNoOftenerThanThereAreTokens() {
        List<TaskId> tasks = enqueue(QueueSpec.named("email").rateLimit(10, SECOND), 50);
        TestStore second = new TestStore(this.store.real());
        node(this.store);
        node(second);
        await().atMost(Duration.ofSeconds(30)).until(() -> this.store.count("email", TaskState.SUCCEEDED) == 50);

        List<Instant> starts = tasks.stream()
                .map(this.store::find)
                .map(StoredTask::startedAt)
                .sorted()
                .toList();
        assertThat(Duration.between(starts.get(0), starts.get(49)))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        // By the claims, which take the tokens: a body may start as much later as its JVM is busy.
        List<Instant> claims = Stream.concat(this.store.claims().stream(), second.claims().stream())
                .sorted()
                .toList();
        assertThat(claims).hasSize(50);
        for (int i = 0; i + 11 < claims.size(); i++) {
            assertThat(Duration.between(claims.get(i), claims.get(i + 11)))
                    .as("from claim %d to %d", i, i + 11)
                    .isGreaterThan(Duration.ofMillis(950));
        }
        // A claim for each token on each node, the writing of 50 completions, and the waking up of both.
        assertThat(this.store.calls("exchange") + second.calls("exchange")).isLessThan(200);
    }

    @Test
    void a6_x7_aLimitOf0StartsNothingEndsQuicklyAndIsLiftedAtOnce() {
        enqueue(QueueSpec.named("email").rateLimit(0, SECOND), 5);
        TestNode node = node(this.store);
        await().until(() -> this.store.calls("probe") > 0);
        int asked = this.store.calls("exchange");
        await().during(Duration.ofMillis(500)).until(() -> this.store.count("email", TaskState.QUEUED) == 5);
        assertThat(this.store.calls("exchange") - asked).isLessThan(3);

        queues(node).patch("email", settings -> settings.with(QueueSetting.RATE_LIMIT, null));
        await().atMost(Duration.ofMillis(900)).until(() -> this.store.count("email", TaskState.SUCCEEDED) == 5);

        queues(node).patch("email", settings -> settings.with(QueueSetting.RATE_LIMIT, 0));
        this.store.enqueue("task", "email", node.registry);
        Instant before = Instant.now();
        node.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(this.store.count("email", TaskState.QUEUED)).isEqualTo(1);
    }

    @Test
    void a5_aLimitThatIsRaisedHoldsAtOnceHoweverLongTheWaitWas() {
        enqueue(QueueSpec.named("email").rateLimit(1, Duration.ofHours(1)), 20);
        TestNode node = node(this.store);
        await().until(() -> this.store.count("email", TaskState.SUCCEEDED) >= 1);
        await().during(Duration.ofMillis(300)).until(() -> this.store.count("email", TaskState.SUCCEEDED) <= 2);
        queues(node).patch("email", settings -> settings.with(QueueSetting.RATE_LIMIT, 1_000_000));
        await().atMost(Duration.ofSeconds(5)).until(() -> this.store.count("email", TaskState.SUCCEEDED) == 20);
    }

    @Test
    void a5_aLimitThatIsRaisedWhileAClaimIsAnsweredHoldsAtOnce() {
        enqueue(QueueSpec.named("email").rateLimit(1, Duration.ofHours(1)), 20);
        AtomicBoolean raised = new AtomicBoolean();
        this.store.aftermath = (method, arguments) -> {
            if (method.equals("exchange")
                    && arguments[2] instanceof ClaimRequest claim
                    && claim.queues().get(0).limited()
                    && raised.compareAndSet(false, true)) {
                this.store.real().patch("email", settings -> settings.with(QueueSetting.RATE_LIMIT, 1_000_000));
                int read = this.store.calls("queues");
                // The first reading may be under way, the second one sees the change, with the third one it is known.
                await().until(() -> this.store.calls("queues") >= read + 3);
            }
        };
        node(this.store);
        await().atMost(Duration.ofSeconds(10)).until(() -> this.store.count("email", TaskState.SUCCEEDED) == 20);
        assertThat(raised).isTrue();
    }

    @Test
    void a5_aHighLimitIsReachedWithoutAClaimForEachTask() {
        enqueue(QueueSpec.named("email").rateLimit(1_000, SECOND), 2_000);
        node(this.store);
        await().atMost(Duration.ofSeconds(10)).until(() -> this.store.count("email", TaskState.SUCCEEDED) == 2_000);
        assertThat(this.store.calls("exchange")).isLessThan(1_600);
    }

    @Test
    void a5_aLimitedQueueHoldsUpNoOtherOfItsContainer() {
        enqueue(QueueSpec.named("email").rateLimit(1, Duration.ofHours(1)), 20);
        enqueue(QueueSpec.named("other"), 200);
        TestNode node = new TestNode(
                this.store,
                TestNode.settings()
                        .withContainers(TestNode.container("shared", 4, QueueOrder.STRICT, "email", "other")));
        this.nodes.add(node);
        node.handle("task", call -> null).start();
        await().until(() -> this.store.count("other", TaskState.SUCCEEDED) == 200);
        assertThat(this.store.count("email", TaskState.QUEUED)).isGreaterThanOrEqualTo(18);
    }

    @Test
    void rank30_aLimitedTaskWaitsAndUnlimitedOnesOfItsQueueProceed() {
        this.store.real().setRateLimit("limited", new RateLimit(20, SECOND, 1));
        this.store.queue("email");
        for (int i = 0; i < 40; i++) {
            this.store.enqueue("limited", "email", 5, "limited");
        }
        for (int i = 0; i < 300; i++) {
            this.store.enqueue("task", "email");
        }
        TestNode node = new TestNode(this.store, TestNode.settings());
        this.nodes.add(node);
        List<Instant> starts = Collections.synchronizedList(new ArrayList<>());
        node.handle("task", call -> null)
                .handle("limited", call -> {
                    starts.add(Instant.now());
                    return null;
                })
                .start();
        await().until(() -> node.started.stream().filter("task"::equals).count() == 300);
        assertThat(starts.size()).isLessThan(30);
        await().atMost(Duration.ofSeconds(20)).until(() -> starts.size() == 40);
        assertThat(Duration.between(starts.get(0), starts.get(39)))
                .isBetween(Duration.ofMillis(1_700), Duration.ofMillis(3_500));
        assertThat(this.store.calls("exchange")).isLessThan(700);
    }

    @Test
    void rank30_aLimitOfATaskIsChangedWhileItWaits() {
        this.store.real().setRateLimit("task", RateLimit.of(1, Duration.ofHours(1)));
        enqueue(QueueSpec.named("email"), 20);
        TestNode node = node(this.store);
        await().until(() -> this.store.count("email", TaskState.SUCCEEDED) >= 1);
        TaskAdmin admin = new DefaultTaskAdmin(
                this.store.real(),
                this.store.real(),
                this.store.real(),
                node.registry,
                new OperatorAudit(this.store.real(), List::of, "test"));
        assertThat(admin.rateLimits()).containsOnlyKeys("task");
        admin.rateLimit("task", null);
        await().atMost(Duration.ofSeconds(5)).until(() -> this.store.count("email", TaskState.SUCCEEDED) == 20);
    }

    private List<TaskId> enqueue(QueueSpec queue, int count) {
        this.store.real().declare(queue);
        List<TaskId> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(this.store.enqueue("task", queue.name()));
        }
        return tasks;
    }

    private TestNode node(TestStore on) {
        TestNode node = new TestNode(on, TestNode.settings());
        this.nodes.add(node);
        return node.handle("task", call -> null).start();
    }

    private TaskQueues queues(TestNode node) {
        return TestQueues.of(this.store.real(), node.queues, node.registry);
    }
}
