package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Which containers there are. */
@ExtendWith(OutputCaptureExtension.class)
class ContainerPlanTests {

    private final TestStore store = new TestStore();

    private OptionalLong worker = OptionalLong.of(7);

    private final QueueRegistry queues = new QueueRegistry(this.store::real, TaskDefaults.DEFAULT);

    @Test
    void x22_aQueueThatNoContainerNamesGetsOneOfItsOwn() {
        this.store.real().declare(QueueSpec.named("a").concurrency(3));
        this.store.queue("b");
        List<ContainerSpec> specs = plan(WorkerSettings.DEFAULT.withContainers(
                TestNode.container("shared", 5, QueueOrder.STRICT, "b", "missing")));
        assertThat(specs).extracting(ContainerSpec::name).containsExactly("shared", "a", "default");
        assertThat(specs)
                .extracting(ContainerSpec::queues)
                .containsExactly(List.of("b"), List.of("a"), List.of("default"));
        assertThat(specs).extracting(spec -> spec.concurrency().get().max()).containsExactly(5, 3, 10);
    }

    @Test
    void x22_theNodesQueuesRestrictItsContainers() {
        this.store.queue("a");
        this.store.queue("b");
        List<ContainerSpec> specs = plan(WorkerSettings.DEFAULT
                .withQueues("b")
                .withContainers(TestNode.container("shared", 5, QueueOrder.STRICT, "a", "b")));
        assertThat(specs)
                .singleElement()
                .satisfies(spec -> assertThat(spec.queues()).containsExactly("b"));
    }

    @Test
    void allMeansTheQueuesThatNoOtherContainerNamesExceptTheExcluded() {
        for (String name : List.of("a", "b", "c")) {
            this.store.queue(name);
        }
        WorkerContainerSettings all = new WorkerContainerSettings(
                "all", List.of("*"), Set.of("c"), QueueOrder.STRICT, ConcurrencyRange.of(5), WorkerThreads.PLATFORM);
        List<ContainerSpec> specs =
                plan(WorkerSettings.DEFAULT.withContainers(all, TestNode.container("one", 1, QueueOrder.STRICT, "a")));
        assertThat(specs).extracting(ContainerSpec::name).containsExactly("one", "all", "c");
        assertThat(specs.get(1).queues()).containsExactly("b", "default");
        assertThat(specs.get(1).order()).isEqualTo(QueueOrder.ROUND_ROBIN);
    }

    @Test
    void c11_c12_aQueueWithTagsIsConsumedByTheNodesThatItMeans() {
        this.store.real().declare(QueueSpec.named("gpu").tags("has=gpu"));
        this.store.real().declare(QueueSpec.named("seven").tags("worker_id=7"));
        this.store.real().declare(QueueSpec.named("eight").tags("worker_id=8"));
        this.store.real().declare(QueueSpec.named("nobody").tags());
        this.store.real().declare(QueueSpec.named("all").tags("*"));
        WorkerSettings settings = WorkerSettings.DEFAULT.withContainers(
                TestNode.container("shared", 5, QueueOrder.STRICT, "gpu", "all", "seven"));
        assertThat(plan(settings))
                .extracting(ContainerSpec::queues)
                .containsExactly(List.of("all", "seven"), List.of("default"));
        assertThat(plan(settings.withNode(settings.node().withTags("has=gpu")))
                        .get(0)
                        .queues())
                .containsExactly("gpu", "all", "seven");
        this.worker = OptionalLong.empty();
        assertThat(plan(settings).get(0).queues()).containsExactly("all");
    }

    @Test
    void p16_slotsAreKeptInAContainerOfSeveralQueuesThatHasEnough(CapturedOutput output) {
        this.store.real().declare(QueueSpec.named("high").reservedSlots(2));
        this.store.queue("low");
        WorkerSettings four = shared(4);
        assertThat(plan(four)).extracting(ContainerSpec::reserved).containsExactly(Map.of("high", 2), Map.of());
        assertThat(plan(shared(3)).get(0).reserved()).isEqualTo(Map.of("high", 2));
        assertThat(output).doesNotContain("keeps no slots");
        assertThat(plan(shared(2)).get(0).reserved()).isEmpty();
        assertThat(output)
                .contains(
                        "Container 'shared' keeps no slots for single queues: reserved-slots are {high=2}, but it has 2");
        assertThat(plan(WorkerSettings.DEFAULT).get(1).reserved())
                .as("a container of its own")
                .isEmpty();
    }

    @Test
    void rank42_slotsAreKeptOfTheLeastNumberThatAContainerHas() {
        this.store.real().declare(QueueSpec.named("high").reservedSlots(2));
        this.store.queue("low");
        assertThat(plan(shared(new ConcurrencyRange(3, 10))).get(0).reserved()).isEqualTo(Map.of("high", 2));
        assertThat(plan(shared(new ConcurrencyRange(2, 10))).get(0).reserved()).isEmpty();
    }

    @Test
    void rank42_inASharedContainerTheGreatestNumberOfAQueuesRangeIsItsCap() {
        this.store.real().declare(QueueSpec.named("high").concurrency(2, 5));
        this.store.queue("low");
        ContainerSpec shared = plan(shared(4)).get(0);
        assertThat(shared.concurrency().get()).isEqualTo(ConcurrencyRange.of(4));
        assertThat(shared.queueLimit().applyAsInt("high")).isEqualTo(5);
    }

    @Test
    void p16_whatCannotBeKeptIsToldOnceUntilItChanges(CapturedOutput output) {
        this.store.real().declare(QueueSpec.named("high").reservedSlots(2));
        this.store.queue("low");
        ContainerPlan plan = new ContainerPlan(
                shared(2),
                this.queues,
                new NodeTags(List.of(), OptionalLong::empty),
                new NodeStops(this.store.real(), OptionalLong::empty));
        this.queues.refresh();
        plan.containers();
        plan.containers();
        assertThat(output.getOut().split("keeps no slots", -1)).hasSize(2);
        this.store.real().patch("high", settings -> settings.with(QueueSetting.RESERVED_SLOTS, 3));
        this.queues.refresh();
        plan.containers();
        assertThat(output.getOut().split("keeps no slots", -1)).hasSize(3);
    }

    private static WorkerSettings shared(int concurrency) {
        return shared(ConcurrencyRange.of(concurrency));
    }

    private static WorkerSettings shared(ConcurrencyRange concurrency) {
        return WorkerSettings.DEFAULT.withContainers(new WorkerContainerSettings(
                "shared", List.of("high", "low"), Set.of(), QueueOrder.STRICT, concurrency, WorkerThreads.PLATFORM));
    }

    @Test
    void c13_aTagIsNotBlankAndHasNoComma() {
        for (String tag : List.of(" ", "a,b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WorkerNodeSettings.DEFAULT.withTags(tag))
                    .withMessageStartingWith("tasklane.worker.tags must not be blank or have a comma");
        }
    }

    @Test
    void aQueueThatIsCalledLikeAContainerIsStillConsumed() {
        this.store.queue("email");
        List<ContainerSpec> specs = plan(
                WorkerSettings.DEFAULT.withContainers(TestNode.container("email", 5, QueueOrder.STRICT, "default")));
        assertThat(specs).extracting(ContainerSpec::name).containsExactly("email", "email-queue");
    }

    @Test
    void whatCannotWorkIsRefused() {
        WorkerContainerSettings one = TestNode.container("one", 1, QueueOrder.STRICT, "a");
        refused(() -> WorkerSettings.DEFAULT.withContainers(one, one), "Two worker containers are called 'one'");
        refused(
                () -> WorkerSettings.DEFAULT.withContainers(one, TestNode.container("two", 1, QueueOrder.STRICT, "a")),
                "Queue 'a' is named by the worker containers 'one' and 'two'");
        refused(
                () -> TestNode.container("one", 1, QueueOrder.STRICT, "*", "a"),
                "Worker container 'one' mixes '*' with names: [*, a]");
        refused(
                () -> TestNode.container("one", 1, QueueOrder.STRICT),
                "Worker container 'one' names no queue; list queues, or '*' for all");
        refused(
                () -> TestNode.container("one", 10_001, QueueOrder.STRICT, "a"),
                "concurrency must be 1 to 10000, or a range such as 2-10, not 10001");
        refused(
                () -> TestNode.container("o n e", 1, QueueOrder.STRICT, "a"),
                "Worker container 'o n e': a name has 1 to 100 letters, digits, '_' and '-'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerQueueSettings(Duration.ofMillis(999), WorkerThreads.PLATFORM))
                .withMessageStartingWith("poll-interval must be 1s or longer, not PT0.999S");
    }

    @Test
    void a2_aQueueNameThatIsBlankOrTooLongIsRefused() {
        refused(
                () -> WorkerSettings.DEFAULT.withQueues(" "),
                "tasklane.worker.queues, queue ' ': a name has 1 to 100 letters, digits, '_' and '-'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestNode.container("one", 1, QueueOrder.STRICT, "x".repeat(101)));
    }

    @Test
    void x5_weightsAreCheckedAgainstOrderAndQueues() {
        List<String> queues = List.of("a", "b");
        for (ThrowingCallable wrong : List.<ThrowingCallable>of(
                () -> weighted(queues, QueueOrder.WEIGHTED, Map.of()),
                () -> weighted(queues, QueueOrder.STRICT, Map.of("a", 2)),
                () -> weighted(queues, QueueOrder.WEIGHTED, Map.of("a", 0)),
                () -> weighted(queues, QueueOrder.WEIGHTED, Map.of("a", -1)),
                () -> weighted(queues, QueueOrder.WEIGHTED, Map.of("a", 1_001)),
                () -> weighted(queues, QueueOrder.WEIGHTED, Map.of("c", 1)))) {
            assertThatIllegalArgumentException().isThrownBy(wrong).withMessageContaining("'one'");
        }
        assertThat(weighted(List.of("*"), QueueOrder.WEIGHTED, Map.of("c", 1)).order())
                .isEqualTo(QueueOrder.WEIGHTED);
    }

    private static WorkerContainerSettings weighted(
            List<String> queues, QueueOrder order, Map<String, Integer> weights) {
        return new WorkerContainerSettings(
                "one", queues, Set.of(), order, weights, ConcurrencyRange.of(1), WorkerThreads.PLATFORM);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void virtualThreadsAreRefusedBelowJava21() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkerSettings(
                        WorkerNodeSettings.DEFAULT,
                        List.of("*"),
                        List.of(),
                        new WorkerQueueSettings(Duration.ofSeconds(1), WorkerThreads.VIRTUAL),
                        java.util.Map.of()))
                .withMessageContaining("need Java 21 or later; this is Java");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    private List<ContainerSpec> plan(WorkerSettings settings) {
        this.queues.refresh();
        return new ContainerPlan(
                        settings,
                        this.queues,
                        new NodeTags(settings.node().tags(), () -> this.worker),
                        new NodeStops(this.store.real(), OptionalLong::empty))
                .containers();
    }
}
