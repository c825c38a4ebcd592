package io.tasklane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.QueueSpec;
import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.TaskStateException;
import io.tasklane.store.ModelOperation.Claim;
import io.tasklane.store.ModelOperation.Ending;
import io.tasklane.store.ModelOperation.Shape;
import io.tasklane.store.TaskLeases.TaskProbe;
import io.tasklane.test.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;

/** Applies a sequence of operations to a store and to the model, and compares: each answer at once, and all tasks at the end. */
final class ModelRun implements AutoCloseable {

    private static final Duration DEAD_AFTER = Duration.ofSeconds(10);

    private static final int MAX_RECOVERIES = 2;

    private static final WorkerDescription DESCRIPTION =
            new WorkerDescription("shop", "node-1", 4711, List.of("default", "mail"), 10, 0);

    private final List<TaskStore> stores;

    private final boolean opensDelays;

    private final MutableInstantSource clock;

    private final ModelStore model;

    private final List<Node> nodes = new ArrayList<>();

    private final List<ModelProducer> producers = new ArrayList<>();

    /** Leases of workers that are gone, or whose task is. */
    private final List<TaskLease> stale = new ArrayList<>();

    private final Map<Long, Long> seqs = new HashMap<>();

    private long token;

    /**
     * Creates a run on a store without tasks and workers.
     *
     * @param stores the store as seen by several nodes
     * @param manager begins transactions that the store joins
     * @param opensDelays whether delayed tasks are inserted in transactions that stay open
     */
    ModelRun(
            List<TaskStore> stores,
            PlatformTransactionManager manager,
            boolean opensDelays,
            MutableInstantSource clock) {
        this.stores = stores;
        this.opensDelays = opensDelays;
        this.clock = clock;
        this.model = new ModelStore(clock, ModelOperations.QUEUES);
        ModelOperations.QUEUES.forEach(queue -> stores.get(0).declare(QueueSpec.named(queue)));
        for (int i = 0; i < ModelOperations.PRODUCERS; i++) {
            this.producers.add(new ModelProducer(stores.get(i % stores.size()), manager));
        }
        for (int i = 0; i < ModelOperations.NODES; i++) {
            this.nodes.add(new Node(stores.get(i % stores.size())));
        }
    }

    /** Applies one operation. */
    void apply(ModelOperation operation) throws Exception {
        TaskStore any = this.stores.get(0);
        if (operation instanceof ModelOperation.Enqueue enqueue) {
            List<ModelTask> tasks = create(enqueue.tasks());
            any.insert(tasks.stream().map(task -> task.task).toList(), committed -> {});
            tasks.forEach(this.model::add);
        } else if (operation instanceof ModelOperation.EnqueueLater enqueue) {
            List<Shape> shapes = this.opensDelays
                    ? enqueue.tasks()
                    : enqueue.tasks().stream().map(Shape::atOnce).toList();
            this.producers.get(enqueue.producer()).insert(create(shapes));
        } else if (operation instanceof ModelOperation.End end) {
            this.producers.get(end.producer()).end(end.commit()).forEach(this.model::add);
        } else if (operation instanceof ModelOperation.Exchange exchange) {
            this.nodes.get(exchange.node()).exchange(exchange);
        } else if (operation instanceof ModelOperation.Start start) {
            this.nodes.get(start.node()).start(start);
        } else if (operation instanceof ModelOperation.Beat beat) {
            this.nodes.get(beat.node()).beat();
        } else if (operation instanceof ModelOperation.Crash crash) {
            this.nodes.get(crash.node()).rejoin();
        } else if (operation instanceof ModelOperation.Leave leave) {
            this.nodes.get(leave.node()).leave();
        } else if (operation instanceof ModelOperation.Audit audit) {
            this.nodes.get(audit.node()).audit();
        } else if (operation instanceof ModelOperation.Recover) {
            assertThat(any.recover(DEAD_AFTER, MAX_RECOVERIES))
                    .isEqualTo(this.model.recover(DEAD_AFTER, MAX_RECOVERIES));
        } else if (operation instanceof ModelOperation.Advance advance) {
            this.clock.advance(advance.by());
        } else if (operation instanceof ModelOperation.Promote promote) {
            assertThat(any.promoteDue(promote.limit())).isEqualTo(this.model.promoteDue(promote.limit()));
        } else if (operation instanceof ModelOperation.Release) {
            assertThat(any.releaseBlocked(1_000)).isEqualTo(this.model.releaseBlocked());
        } else if (operation instanceof ModelOperation.Pause pause) {
            String queue = ModelOperations.QUEUES.get(pause.queue());
            assertThat(pause.paused() ? any.pause(queue, pause.duration()) : any.resume(queue))
                    .hasValueSatisfying(stored -> assertThat(stored.isPaused()).isEqualTo(pause.paused()));
            this.model.setPaused(queue, pause.paused(), pause.duration());
        } else if (operation instanceof ModelOperation.Operate operate) {
            operate(any, operate);
        } else if (operation instanceof ModelOperation.Probe probe) {
            List<String> queues =
                    probe.queues().stream().map(ModelOperations.QUEUES::get).toList();
            TaskProbe found = any.probe(queues, probe.excluded());
            TaskProbe expected = this.model.probe(queues, probe.excluded());
            assertThat(found.queues()).isEqualTo(expected.queues());
            assertThat(found.untilDue()).isEqualTo(expected.untilDue());
            assertThat(found.blocked() || !expected.blocked())
                    .as("BLOCKED tasks that can be released are told of")
                    .isTrue();
        } else if (operation instanceof ModelOperation.Maintain maintain) {
            this.nodes.get(maintain.node()).maintain(maintain.duration());
        } else if (operation instanceof ModelOperation.Prune prune) {
            Map<TaskState, Duration> ages = Map.of(prune.state(), prune.age());
            assertThat(any.prune(ages, Integer.MAX_VALUE)).isEqualTo(this.model.prune(ages));
        }
    }

    private void operate(TaskStore any, ModelOperation.Operate operate) {
        List<TaskId> all =
                this.model.tasks().stream().map(task -> task.task.id()).toList();
        if (all.isEmpty()) {
            return;
        }
        TaskId id = all.get(operate.task() % all.size());
        Boolean expected = this.model.operate(id, operate.change());
        if (expected == null) {
            assertThatExceptionOfType(TaskStateException.class).isThrownBy(() -> operate(any, id, operate.change()));
        } else {
            assertThat(operate(any, id, operate.change())).isEqualTo(expected);
        }
    }

    private static boolean operate(TaskStore any, TaskId id, ModelOperation.Change change) {
        TaskChangeListener nobody = new TaskChangeListener() {
            @Override
            public void requeued(String queue) {}

            @Override
            public void cancelled(long worker) {}
        };
        return switch (change) {
            case CANCEL -> any.cancel(id, nobody);
            case RETRY -> any.retry(id, nobody);
            case DELETE -> any.delete(id);
        };
    }

    private List<ModelTask> create(List<Shape> shapes) {
        List<ModelTask> tasks = new ArrayList<>();
        for (Shape shape : shapes) {
            Instant runAt = shape.runIn() != null ? this.clock.instant().plus(shape.runIn()) : null;
            tasks.add(this.model.create(new NewTask(
                    this.stores.get(0).newId(),
                    shape.task(),
                    ModelOperations.QUEUES.get(shape.queue()),
                    shape.priority(),
                    3,
                    "{}",
                    1 + tasks.size(),
                    Map.of(),
                    shape.delay(),
                    runAt,
                    shape.key())));
        }
        return tasks;
    }

    /** Compares everything that can be asked of the store. */
    void compareAll() {
        TaskStore any = this.stores.get(0);
        for (ModelTask task : this.model.tasks()) {
            assertThat(any.find(task.task.id()).map(ModelRun::withoutText)).contains(task.stored());
            assertThat(any.attempts(task.task.id())).map(ModelRun::withoutText).isEqualTo(task.attempts);
        }
        assertThat(any.statistics()).isEqualTo(this.model.statistics());
        assertThat(any.workers()).isEqualTo(this.model.workers());
        for (StoredWorker worker : any.workers()) {
            assertThat(any.leases(worker.id())).containsExactlyInAnyOrderElementsOf(this.model.leases(worker.id()));
        }
    }

    /** The numbers are the store's: only that a task keeps its own is compared. */
    private static LeasedTask withoutSeq(LeasedTask task) {
        return new LeasedTask(
                task.lease(),
                task.task(),
                task.queue(),
                task.priority(),
                0,
                task.retries(),
                task.retriesUsed(),
                task.recoveries(),
                task.payload(),
                task.version(),
                task.headers(),
                task.readyAt(),
                task.claimedAt(),
                task.unreadableSince(),
                task.suspect(),
                task.keyed());
    }

    private static StoredTask withoutText(StoredTask task) {
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
                withoutText(task.error()));
    }

    private static StoredAttempt withoutText(StoredAttempt attempt) {
        return new StoredAttempt(
                attempt.number(),
                attempt.outcome(),
                attempt.worker(),
                attempt.startedAt(),
                attempt.finishedAt(),
                withoutText(attempt.error()));
    }

    private static @Nullable TaskError withoutText(@Nullable TaskError error) {
        boolean diedTooOften = error != null
                && !error.equals(MayHaveRun.WORKER_DIED)
                && error.message() != null
                && error.message().startsWith(ModelStore.DIED);
        return diedTooOften ? ModelStore.DIED_TOO_OFTEN : error;
    }

    @Override
    public void close() throws Exception {
        for (ModelProducer producer : this.producers) {
            producer.close();
        }
    }

    /** A node, with what it believes to hold. */
    private final class Node {

        private final TaskStore store;

        private final Map<TaskLease, LeasedTask> held = new LinkedHashMap<>();

        private long worker;

        private Node(TaskStore store) {
            this.store = store;
            join();
        }

        private void join() {
            this.worker = this.store.join(DESCRIPTION);
            ModelRun.this.model.joined(this.worker, DESCRIPTION);
        }

        private void rejoin() {
            ModelRun.this.stale.addAll(this.held.keySet());
            this.held.clear();
            join();
        }

        private void beat() {
            boolean alive = this.store.heartbeat(this.worker, DESCRIPTION);
            assertThat(alive).isEqualTo(ModelRun.this.model.heartbeat(this.worker));
            if (!alive) {
                rejoin();
            }
        }

        private void leave() {
            this.store.leave(this.worker);
            ModelRun.this.model.leave(this.worker);
            rejoin();
        }

        private void maintain(Duration duration) {
            assertThat(this.store.leaseMaintenance(this.worker, duration))
                    .isEqualTo(ModelRun.this.model.leaseMaintenance(this.worker, duration));
        }

        private void exchange(ModelOperation.Exchange exchange) {
            Map<TaskId, TaskCompletion> completions = new LinkedHashMap<>();
            for (Ending ending : exchange.endings()) {
                TaskLease lease = pick(ending.task(), ending.stale());
                if (lease != null) {
                    completions.put(lease.task(), completion(lease, ending));
                }
            }
            write(List.copyOf(completions.values()), request(exchange.claim()), exchange.lost());
        }

        private void start(ModelOperation.Start start) {
            TaskLease lease = pick(start.task(), start.stale());
            if (lease != null) {
                assertThat(this.store.start(lease)).isEqualTo(ModelRun.this.model.start(lease));
            }
        }

        private @Nullable TaskLease pick(int number, boolean fromStale) {
            List<TaskLease> all = fromStale ? ModelRun.this.stale : List.copyOf(this.held.keySet());
            return all.isEmpty() ? null : all.get(number % all.size());
        }

        private TaskCompletion completion(TaskLease lease, Ending ending) {
            Instant now = ModelRun.this.clock.instant();
            LeasedTask task = this.held.get(lease);
            Instant startedAt = task != null ? task.claimedAt() : now;
            return new TaskCompletion(
                    lease,
                    ending.started() ? startedAt : null,
                    ending.started() ? now : null,
                    ending.outcome(),
                    task == null || task.keyed());
        }

        private @Nullable ClaimRequest request(@Nullable Claim claim) {
            if (claim == null) {
                return null;
            }
            List<QueueClaim> queues = claim.queues().stream()
                    .map(queue -> new QueueClaim(ModelOperations.QUEUES.get(queue), claim.limit(), claim.free()))
                    .toList();
            return new ClaimRequest(
                    queues, claim.limit(), claim.free(), ++ModelRun.this.token, claim.excluded(), claim.suspect());
        }

        private void write(List<TaskCompletion> completions, @Nullable ClaimRequest request, boolean lost) {
            TaskExchange answer = this.store.exchange(this.worker, completions, request);
            TaskExchange expected = ModelRun.this.model.exchange(this.worker, completions, request);
            assertThat(answer.refused()).isEqualTo(expected.refused());
            assertThat(answer.released()).isEqualTo(expected.released());
            assertThat(answer.passedOn()).isEqualTo(expected.passedOn());
            assertThat(answer.claimed().stream().map(ModelRun::withoutSeq))
                    .isEqualTo(expected.claimed().stream()
                            .map(ModelRun::withoutSeq)
                            .toList());
            for (int i = 0; i < answer.claimed().size(); i++) {
                LeasedTask task = answer.claimed().get(i);
                Long known =
                        ModelRun.this.seqs.putIfAbsent(expected.claimed().get(i).seq(), task.seq());
                assertThat(known == null || known == task.seq())
                        .as("%s keeps its place", task)
                        .isTrue();
                if (!lost) {
                    this.held.put(task.lease(), task);
                }
            }
            for (TaskCompletion completion : completions) {
                this.held.remove(completion.lease());
                ModelRun.this.stale.add(completion.lease());
            }
        }

        private void audit() {
            List<HeldLease> leases = this.store.leases(this.worker);
            assertThat(leases).containsExactlyInAnyOrderElementsOf(ModelRun.this.model.leases(this.worker));
            List<TaskCompletion> unknown = leases.stream()
                    .map(HeldLease::lease)
                    .filter(lease -> !this.held.containsKey(lease))
                    .map(lease -> new TaskCompletion(lease, null, null, new TaskOutcome.Released(false)))
                    .toList();
            write(unknown, null, false);
        }
    }
}
