package io.tasklane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.QueueSpec;
import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.test.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TaskSearch} must do. A subclass gives the search, and the store that produces its tasks.
 *
 * @since 0.1.0
 */
public abstract class TaskSearchContractTests {

    private static final TaskError ERROR = new TaskError("java.io.IOException", "no route", "stack");

    private final MutableInstantSource clock = new MutableInstantSource(Instant.parse("2026-03-29T00:30:00.123456Z"));

    private long token;

    /** Returns the store under test, empty at the start of each test and with this clock. */
    protected abstract TaskStore store(MutableInstantSource clock);

    /** Returns the search over the tasks of that store. */
    protected abstract TaskSearch search();

    private TaskStore store;

    private long worker;

    @BeforeEach
    void createQueues() {
        this.store = store(this.clock);
        for (String name : List.of("email", "reports", "Zoo")) {
            this.store.declare(QueueSpec.named(name));
        }
        this.worker = this.store.join(new WorkerDescription("test", "host", 1, List.of("email"), 1, 0));
    }

    @Test
    void aTaskInEachStateIsFoundAsItIs() {
        TaskId succeeded = finished("email", "Mailer.welcome", new TaskOutcome.Succeeded("{\"sent\":true}"));
        TaskId failed = finished("email", "Mailer.welcome", new TaskOutcome.Failed(ERROR));
        TaskId retried = finished("email", "Mailer.welcome", new TaskOutcome.Retried(ERROR, Duration.ofHours(1)));
        TaskId running = running("email", "Mailer.welcome");
        TaskId queued = insert("email", "Mailer.welcome", 7, "{\"to\":\"a\"}");
        for (TaskId id : List.of(succeeded, failed, retried, running, queued)) {
            StoredTask byId = this.store.find(id).orElseThrow();
            assertThat(list(filter().states(byId.state()))).singleElement().isEqualTo(withoutError(byId));
        }
        assertThat(list(filter()))
                .extracting(StoredTask::id)
                .containsExactly(running, queued, retried, failed, succeeded);
    }

    @Test
    void d9_queuedTasksAreListedInTheOrderOfExecution() {
        TaskId low = insert("email", "Mailer.welcome", -10, "{}");
        TaskId normal = insert("email", "Mailer.welcome", 0, "{}");
        TaskId urgent = insert("email", "Mailer.welcome", 10, "{}");
        TaskId normalToo = insert("email", "Mailer.welcome", 0, "{}");
        assertThat(ids(filter().queue("email"))).containsExactly(urgent, normal, normalToo, low);
        List<LeasedTask> claimed = claim("email", 4).claimed();
        assertThat(claimed).extracting(task -> task.lease().task()).containsExactly(urgent, normal, normalToo, low);
    }

    @Test
    void queuesAreListedByName() {
        TaskId reports = insert("reports", "Reports.monthly", 10, "{}");
        TaskId email = insert("email", "Mailer.welcome", 0, "{}");
        TaskId zoo = insert("Zoo", "Zoo.feed", 0, "{}");
        assertThat(ids(filter())).containsExactly(zoo, email, reports);
        assertPagesEqualTheList(filter(), 1);
    }

    @Test
    void scheduledTasksAreListedByDueTime() {
        TaskId late = scheduled("email", Duration.ofMinutes(3));
        TaskId early = scheduled("reports", Duration.ofMinutes(1));
        TaskId between = scheduled("email", Duration.ofMinutes(2));
        TaskId afterTheYear2262 = scheduled("email", Duration.ofDays(300_000));
        assertThat(ids(filter().states(TaskState.SCHEDULED))).containsExactly(early, between, late, afterTheYear2262);
        assertThat(ids(filter().queue("email"))).containsExactly(between, late, afterTheYear2262);
    }

    @Test
    void runningTasksAreListedNewestFirst() {
        TaskId first = running("email", "Mailer.welcome");
        TaskId second = running("reports", "Reports.monthly");
        assertThat(ids(filter())).containsExactly(second, first);
        assertThat(ids(filter().queue("email"))).containsExactly(first);
    }

    @Test
    void endedTasksAreListedNewestFirstOverAllQueuesAndStates() {
        TaskId first = finished("email", "Mailer.welcome", new TaskOutcome.Succeeded(null));
        TaskId second = finished("reports", "Reports.monthly", new TaskOutcome.Failed(ERROR));
        TaskId third = finished("email", "Mailer.welcome", new TaskOutcome.Failed(ERROR));
        TaskId fourth = finished("reports", "Reports.monthly", new TaskOutcome.Succeeded(null));
        assertThat(ids(filter())).containsExactly(fourth, third, second, first);
        assertThat(ids(filter().states(TaskState.FAILED))).containsExactly(third, second);
        assertThat(ids(filter().queue("email").states(TaskState.FAILED))).containsExactly(third);
        assertThat(ids(filter().task("Reports.monthly"))).containsExactly(fourth, second);
        assertPagesEqualTheList(filter(), 1);
    }

    @Test
    void aFilterFindsOnlyWhatMatchesAllOfIt() {
        TaskId welcome = insert("email", "Mailer.welcome", 0, "{}");
        TaskId goodbye = insert("email", "Mailer.goodbye", 0, "{}");
        TaskId elsewhere = insert("reports", "Mailer.welcome", 0, "{}");
        assertThat(ids(filter().task("Mailer.welcome"))).containsExactly(welcome, elsewhere);
        assertThat(ids(filter().queue("email").task("Mailer.welcome"))).containsExactly(welcome);
        assertThat(ids(filter().states(TaskState.QUEUED, TaskState.FAILED)))
                .containsExactly(welcome, goodbye, elsewhere);
        assertThat(ids(filter().states(TaskState.FAILED, TaskState.BLOCKED))).isEmpty();
        assertThat(ids(filter().queue("nowhere"))).isEmpty();
        assertThat(ids(filter().queue("EMAIL"))).isEmpty();
        assertThat(ids(filter().task("Nobody.knows"))).isEmpty();
    }

    @Test
    void n4_blockedTasksAreListedOldestFirst() {
        List<TaskId> blocked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            NewTask task = new NewTask(
                    this.store.newId(),
                    "Mailer.welcome",
                    i < 3 ? "email" : "reports",
                    i,
                    3,
                    "{\"step\":%d}".formatted(i),
                    1,
                    Map.of(),
                    null,
                    null,
                    new TaskKey("k", 1, TaskKey.Hold.UNTIL_ENDED));
            this.store.insert(List.of(task), committed -> {});
            blocked.add(task.id());
        }
        TaskId queued = insert("email", "Mailer.welcome", 0, "{}");
        assertThat(ids(filter())).startsWith(queued).endsWith(blocked.toArray(TaskId[]::new));
        assertThat(ids(filter().states(TaskState.BLOCKED))).containsExactlyElementsOf(blocked);
        assertThat(ids(filter().queue("reports").states(TaskState.BLOCKED)))
                .containsExactlyElementsOf(blocked.subList(3, 5));
        assertThat(ids(filter().text("\"step\":4"))).containsExactly(blocked.get(4));
        for (int size = 1; size <= 4; size++) {
            assertPagesEqualTheList(filter(), size);
        }
        assertThat(list(filter().states(TaskState.BLOCKED)).get(1))
                .isEqualTo(this.store.find(blocked.get(1)).orElseThrow());
    }

    @Test
    void pagesTogetherAreTheWholeList() {
        fillAllStates();
        for (int size = 1; size <= 5; size++) {
            assertPagesEqualTheList(filter(), size);
            assertPagesEqualTheList(filter().queue("email"), size);
            assertPagesEqualTheList(filter().task("Mailer.welcome"), size);
            assertPagesEqualTheList(filter().states(TaskState.SUCCEEDED, TaskState.QUEUED), size);
            assertPagesEqualTheList(filter().text("number"), size);
        }
        assertThat(list(filter())).hasSize(30);
    }

    @Test
    void threePagesShowEachTaskOnceAlthoughTasksAreInsertedBetween() {
        List<TaskId> before = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            before.add(0, finished("email", "Mailer.welcome", new TaskOutcome.Succeeded(null)));
        }
        List<TaskId> seen = new ArrayList<>();
        String next = null;
        for (int i = 0; i < 3; i++) {
            TaskPage page = search().find(filter().build(), new TaskPageRequest(next, 3));
            page.tasks().forEach(task -> seen.add(task.id()));
            next = page.next();
            finished("email", "Mailer.welcome", new TaskOutcome.Succeeded(null));
            insert("email", "Mailer.welcome", 0, "{}");
        }
        assertThat(seen).isEqualTo(before);
        assertThat(next).isNull();
    }

    @Test
    void aMoreUrgentTaskInsertedBetweenPagesDoesNotShiftThem() {
        TaskId first = insert("email", "Mailer.welcome", 5, "{}");
        TaskId second = insert("email", "Mailer.welcome", 5, "{}");
        TaskPage page = search().find(filter().build(), TaskPageRequest.first(1));
        insert("email", "Mailer.welcome", 9, "{}");
        TaskId last = insert("email", "Mailer.welcome", 1, "{}");
        TaskPage rest = search().find(filter().build(), new TaskPageRequest(page.next(), 10));
        assertThat(page.tasks()).extracting(StoredTask::id).containsExactly(first);
        assertThat(rest.tasks()).extracting(StoredTask::id).containsExactly(second, last);
    }

    @Test
    void aFullLastPageHasNoNextOne() {
        insert("email", "Mailer.welcome", 0, "{}");
        insert("email", "Mailer.welcome", 0, "{}");
        assertThat(search().find(filter().build(), TaskPageRequest.first(2)).next())
                .isNull();
        assertThat(search().find(filter().build(), TaskPageRequest.first(1)).next())
                .matches("[A-Za-z0-9_-]+");
    }

    @Test
    void textIsFoundInThePayloadAsItIsWritten() {
        TaskId percent = insert("email", "Mailer.welcome", 0, "{\"rate\":\"100% off_now!\"}");
        insert("email", "Mailer.welcome", 0, "{\"rate\":\"100x off now\"}");
        TaskId failed = finished("email", "Mailer.welcome", new TaskOutcome.Failed(ERROR), "{\"rate\":\"100%\"}");
        assertThat(ids(filter().text("100%"))).containsExactly(percent, failed);
        assertThat(ids(filter().text("off_now!"))).containsExactly(percent);
        assertThat(ids(filter().text("100% OFF"))).isEmpty();
        assertThat(ids(filter().text("100%").queue("email").states(TaskState.FAILED)))
                .containsExactly(failed);
        assertThat(search().find(filter().text("100%").build(), TaskPageRequest.first(5))
                        .limited())
                .isFalse();
    }

    @Test
    void aTextThatIsNoCursorIsRefused() {
        for (String text : List.of("", "garbage", "MSBRVUVVRUQ", "é", "MSBOT1dIRVJFIHggMSAxIDA")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> search().find(TaskFilter.ANY, new TaskPageRequest(text, 10)))
                    .withMessageContaining("is not the cursor of a page");
        }
    }

    @Test
    void theCursorOfAnotherListIsRefused() {
        insert("email", "Mailer.welcome", 0, "{}");
        insert("email", "Mailer.welcome", 0, "{}");
        String next = search().find(TaskFilter.ANY, TaskPageRequest.first(1)).next();
        for (FilterBuilder other : List.of(filter().states(TaskState.FAILED), filter().queue("reports"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> search().find(other.build(), new TaskPageRequest(next, 1)))
                    .withMessageContaining("belongs to another list");
        }
    }

    private void fillAllStates() {
        for (int i = 0; i < 5; i++) {
            String queue = i % 2 == 0 ? "email" : "reports";
            String task = i % 3 == 0 ? "Mailer.welcome" : "Mailer.goodbye";
            finished(queue, task, new TaskOutcome.Succeeded(null), "{\"number\":%d}".formatted(i));
            finished(queue, task, new TaskOutcome.Failed(ERROR), "{\"number\":%d}".formatted(i));
            running(queue, task);
            scheduled(queue, Duration.ofMinutes(10 - i));
        }
        for (int i = 0; i < 10; i++) {
            insert(i % 2 == 0 ? "email" : "Zoo", "Mailer.welcome", i % 3, "{\"number\":%d}".formatted(i));
        }
    }

    private void assertPagesEqualTheList(FilterBuilder filter, int size) {
        List<StoredTask> paged = new ArrayList<>();
        String next = null;
        do {
            TaskPage page = search().find(filter.build(), new TaskPageRequest(next, size));
            assertThat(page.tasks()).hasSizeLessThanOrEqualTo(size);
            paged.addAll(page.tasks());
            next = page.next();
        } while (next != null);
        assertThat(paged).isEqualTo(list(filter));
    }

    private TaskId insert(String queue, String task, int priority, String payload) {
        return insert(queue, task, priority, payload, null);
    }

    private TaskId scheduled(String queue, Duration delay) {
        return insert(queue, "Mailer.welcome", 0, "{}", delay);
    }

    private TaskId insert(String queue, String task, int priority, String payload, Duration delay) {
        TaskId id = this.store.newId();
        this.store.insert(
                List.of(new NewTask(id, task, queue, priority, 3, payload, 2, Map.of("a", "b"), delay, null)),
                inserted -> {});
        this.clock.advance(Duration.ofMillis(1));
        return id;
    }

    private TaskId running(String queue, String task) {
        TaskId id = insert(queue, task, 1_000, "{}");
        assertThat(claim(queue, 1).claimed())
                .singleElement()
                .extracting(claimed -> claimed.lease().task())
                .isEqualTo(id);
        return id;
    }

    private TaskId finished(String queue, String task, TaskOutcome outcome) {
        return finished(queue, task, outcome, "{}");
    }

    private TaskId finished(String queue, String task, TaskOutcome outcome, String payload) {
        TaskId id = insert(queue, task, 1_000, payload);
        LeasedTask claimed = claim(queue, 1).claimed().get(0);
        assertThat(claimed.lease().task()).isEqualTo(id);
        Instant startedAt = this.clock.instant();
        Instant finishedAt = this.clock.advance(Duration.ofSeconds(1));
        TaskCompletion completion = new TaskCompletion(claimed.lease(), startedAt, finishedAt, outcome);
        assertThat(this.store.exchange(this.worker, List.of(completion), null).refused())
                .isEmpty();
        return id;
    }

    private TaskExchange claim(String queue, int limit) {
        TaskExchange exchange = this.store.exchange(
                this.worker,
                List.of(),
                new ClaimRequest(List.of(new QueueClaim(queue, limit)), limit, ++this.token, Set.of()));
        this.clock.advance(Duration.ofMillis(1));
        return exchange;
    }

    private List<TaskId> ids(FilterBuilder filter) {
        return list(filter).stream().map(StoredTask::id).toList();
    }

    private List<StoredTask> list(FilterBuilder filter) {
        TaskPage page = search().find(filter.build(), TaskPageRequest.first(TaskPageRequest.MAX_SIZE));
        assertThat(page.next()).isNull();
        return page.tasks();
    }

    private static FilterBuilder filter() {
        return new FilterBuilder(TaskFilter.ANY);
    }

    private static StoredTask withoutError(StoredTask task) {
        return new StoredTask(
                task.id(),
                task.task(),
                task.queue(),
                task.state(),
                task.priority(),
                task.retries(),
                task.retriesUsed(),
                task.recoveries(),
                task.payload(),
                task.version(),
                task.createdAt(),
                task.runAt(),
                task.worker(),
                task.claimedAt(),
                task.cancelledAt(),
                task.startedAt(),
                task.finishedAt(),
                task.result(),
                null);
    }

    /** A filter, one condition at a time. */
    private record FilterBuilder(TaskFilter filter) {

        FilterBuilder queue(String queue) {
            return new FilterBuilder(
                    new TaskFilter(queue, this.filter.states(), this.filter.task(), this.filter.text()));
        }

        FilterBuilder states(TaskState... states) {
            return new FilterBuilder(
                    new TaskFilter(this.filter.queue(), Set.of(states), this.filter.task(), this.filter.text()));
        }

        FilterBuilder task(String task) {
            return new FilterBuilder(
                    new TaskFilter(this.filter.queue(), this.filter.states(), task, this.filter.text()));
        }

        FilterBuilder text(String text) {
            return new FilterBuilder(
                    new TaskFilter(this.filter.queue(), this.filter.states(), this.filter.task(), text));
        }

        TaskFilter build() {
            return this.filter;
        }
    }
}
