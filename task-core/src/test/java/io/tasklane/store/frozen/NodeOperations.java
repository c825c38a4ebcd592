package io.tasklane.store.frozen;

import io.tasklane.QueueSpec;
import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.NewTask;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskPage;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskStore;
import io.tasklane.store.TaskWriter;
import io.tasklane.store.WorkerDescription;
import io.tasklane.test.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that a node does to a store, once, so that it can be written down. Leaves a task in each state. */
final class NodeOperations {

    private static final TaskError ERROR =
            new TaskError("java.lang.IllegalStateException", "boom", "at Mailer.welcome");

    private final TaskStore store;

    private final TaskSearch search;

    private final MutableInstantSource clock;

    private final Consumer<String> remarks;

    private long token;

    NodeOperations(TaskStore store, TaskSearch search, MutableInstantSource clock, Consumer<String> remarks) {
        this.store = store;
        this.search = search;
        this.clock = clock;
        this.remarks = remarks;
    }

    void perform() {
        queues();
        this.remarks.accept("names of tasks");
        this.store.intern(List.of("Mailer.welcome", "Reports.monthly", "Unknown.task"));
        this.remarks.accept("two workers join");
        long first = join();
        long second = join();
        this.store.heartbeat(first, description(2));
        insert();
        work(first);
        died(first, second);
        this.remarks.accept("due tasks become claimable");
        this.clock.advance(Duration.ofMinutes(5));
        this.store.promoteDue(2);
        this.store.promoteDue(100);
        this.store.heartbeat(first, description(0));
        this.remarks.accept("a worker is told what to stop, and hears of it");
        this.store.stop(first, stopped -> stopped.withQueue("reports", true).withContainer("email", true));
        this.store.stopped(first);
        this.remarks.accept("some are left running, one of them started and not to be put back");
        this.store.start(claim(first, Set.of(), 2, 2).get(0).lease());
        read();
        maintain(first);
        this.remarks.accept("a worker leaves");
        this.store.leave(join());
    }

    private void queues() {
        QueueSpec email = QueueSpec.named("email")
                .concurrency(4)
                .retries(2)
                .defaultPriority(7)
                .backoff(Duration.ofSeconds(1), 1.5, Duration.ofMinutes(1), 0.5);
        this.remarks.accept("queues are declared");
        this.store.declare(email);
        this.store.declare(QueueSpec.named("email"));
        this.remarks.accept("entries of two applications are applied, and one of them once more");
        Duration hour = Duration.ofHours(1);
        this.store.apply(QueueSpec.named("reports").concurrency(2), "shop", "hash-1", hour);
        this.store.apply(QueueSpec.named("reports").concurrency(2), "shop", "hash-1", hour);
        this.store.apply(QueueSpec.named("reports").concurrency(3), "shop", "hash-2", hour);
        this.store.apply(QueueSpec.named("reports").concurrency(2), "shop", "hash-1", hour);
        this.store.apply(QueueSpec.named("reports").retries(1), "billing", "hash-3", hour);
        this.remarks.accept("queues are paused and resumed");
        this.store.pause("reports", null);
        this.store.pause("email", null);
        this.store.resume("email");
        this.remarks.accept("queues are read");
        this.store.queue("email");
        this.store.queues();
    }

    private void insert() {
        this.remarks.accept("tasks are inserted, one and many");
        TaskWriter writer = this.store;
        writer.insert(List.of(task("Mailer.welcome", "email", 0, null, null)), committed -> {});
        writer.insert(
                List.of(
                        task("Unknown.task", "email", 9, null, null),
                        task("Mailer.welcome", "email", 5, null, null),
                        task("Mailer.welcome", "email", 5, null, null),
                        task("Mailer.welcome", "email", -5, null, null),
                        task("Mailer.welcome", "email", 0, null, null),
                        task("Mailer.welcome", "email", 0, null, null),
                        task("Mailer.welcome", "email", 0, null, null),
                        task("Mailer.welcome", "email", 0, null, null),
                        task("Mailer.welcome", "email", 0, null, null),
                        task("Reports.monthly", "reports", 0, null, null)),
                committed -> {});
        this.remarks.accept("some of them for later");
        writer.insert(
                List.of(
                        task("Mailer.welcome", "default", 1, Duration.ofMinutes(1), null),
                        task(
                                "Mailer.welcome",
                                "default",
                                1,
                                null,
                                this.clock.instant().plusSeconds(90)),
                        task(
                                "Mailer.welcome",
                                "default",
                                1,
                                null,
                                this.clock.instant().plusSeconds(86_400))),
                committed -> {});
    }

    private NewTask task(String name, String queue, int priority, @Nullable Duration delay, @Nullable Instant runAt) {
        Map<String, String> headers = Map.of("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        return new NewTask(
                this.store.newId(), name, queue, priority, 3, "{\"name\":\"O'Brien\"}", headers, delay, runAt);
    }

    private void work(long worker) {
        this.remarks.accept("a worker looks for work and claims");
        this.store.probe(List.of("default", "email", "reports"), Set.of("Unknown.task"));
        List<LeasedTask> claimed = claim(worker, Set.of("Unknown.task"), 6, 6);
        this.store.leases(worker);
        this.clock.advance(Duration.ofSeconds(1));
        this.remarks.accept("it completes and claims in one transaction: succeeded with a result and without one");
        this.store.exchange(
                worker,
                List.of(
                        completion(claimed.get(0), new TaskOutcome.Succeeded("{\"sent\":true}")),
                        completion(claimed.get(1), new TaskOutcome.Succeeded(null))),
                new ClaimRequest(List.of(new QueueClaim("email", 1, 1)), 1, ++this.token, Set.of("Unknown.task")));
        this.remarks.accept("it completes: retried later and at once, failed, postponed");
        this.store.exchange(
                worker,
                List.of(
                        completion(claimed.get(2), new TaskOutcome.Retried(ERROR, Duration.ofMinutes(1))),
                        completion(claimed.get(3), new TaskOutcome.Retried(ERROR, Duration.ZERO)),
                        completion(claimed.get(4), new TaskOutcome.Failed(ERROR)),
                        notStarted(claimed.get(5), new TaskOutcome.Postponed(ERROR, Duration.ofSeconds(30)))),
                null);
        this.remarks.accept("a completion whose lease is not the current one");
        this.store.exchange(worker, List.of(completion(claimed.get(0), new TaskOutcome.Succeeded(null))), null);
        this.remarks.accept("tasks are put back: not started, started, and with a recovery");
        List<LeasedTask> back = claim(worker, Set.of("Unknown.task"), 3, 3);
        this.store.exchange(
                worker,
                List.of(
                        notStarted(back.get(0), new TaskOutcome.Released(false)),
                        completion(back.get(1), new TaskOutcome.Released(false)),
                        completion(back.get(2), new TaskOutcome.Released(true))),
                null);
    }

    private void died(long living, long dying) {
        this.remarks.accept("a worker claims, some of it ahead, and dies: nobody else has died yet");
        claim(dying, Set.of("Unknown.task"), 3, 1);
        this.store.recover(Duration.ofSeconds(10), 3);
        this.clock.advance(Duration.ofSeconds(20));
        this.store.heartbeat(living, description(0));
        this.remarks.accept("its tasks are put back");
        this.store.recover(Duration.ofSeconds(10), 3);
        this.remarks.accept("the same once more, with no recovery left");
        long next = join();
        this.store.exchange(
                next,
                List.of(),
                new ClaimRequest(
                        List.of(new QueueClaim("email", 1, 1)), 1, 1, ++this.token, Set.of("Unknown.task"), false));
        this.clock.advance(Duration.ofSeconds(20));
        this.store.heartbeat(living, description(0));
        this.store.recover(Duration.ofSeconds(10), 0);
    }

    private void read() {
        this.remarks.accept("tasks are found by their id");
        for (long id : List.of(1L, 2L, 4L, 12L)) {
            this.store.state(new TaskId(id));
            this.store.find(new TaskId(id));
            this.store.attempts(new TaskId(id));
        }
        this.remarks.accept("tasks are listed, page by page");
        TaskPage page = this.search.find(TaskFilter.ANY, TaskPageRequest.first(7));
        while (page.next() != null) {
            page = this.search.find(TaskFilter.ANY, new TaskPageRequest(page.next(), 7));
        }
        this.search.find(
                new TaskFilter("email", Set.of(TaskState.QUEUED), "Mailer.welcome", "Brien"), TaskPageRequest.first(7));
        this.remarks.accept("tasks are counted, workers are listed");
        this.store.statistics();
        this.store.workers();
    }

    private void maintain(long worker) {
        this.remarks.accept("old tasks are deleted by the worker that maintains the tables");
        this.store.leaseMaintenance(worker, Duration.ofSeconds(30));
        this.store.prune(Map.of(TaskState.SUCCEEDED, Duration.ofMinutes(1)), 1);
    }

    private long join() {
        return this.store.join(description(0));
    }

    private static WorkerDescription description(int running) {
        return new WorkerDescription("shop", "node-1", 4711, List.of("default", "email", "reports"), 10, running);
    }

    private List<LeasedTask> claim(long worker, Set<String> excluded, int limit, int free) {
        List<QueueClaim> queues = List.of(new QueueClaim("email", limit, free), new QueueClaim("reports", limit, free));
        ClaimRequest request = new ClaimRequest(queues, limit, free, ++this.token, excluded, true);
        return this.store.exchange(worker, List.of(), request).claimed();
    }

    private static TaskCompletion completion(LeasedTask task, TaskOutcome outcome) {
        return new TaskCompletion(
                task.lease(), task.claimedAt().plusMillis(1), task.claimedAt().plusMillis(5), outcome);
    }

    private static TaskCompletion notStarted(LeasedTask task, TaskOutcome outcome) {
        return new TaskCompletion(task.lease(), null, null, outcome);
    }
}
