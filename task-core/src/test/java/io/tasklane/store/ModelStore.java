package io.tasklane.store;

import static java.util.Comparator.comparing;

import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.TaskLeases.PromotedTasks;
import io.tasklane.store.TaskLeases.TaskProbe;
import io.tasklane.store.WorkerMembership.Recovery;
import io.tasklane.test.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a store has to do, said as plainly as possible: one list of tasks, and every question answered by looking at all of
 * them. Written from the contract, not from a store. Not thread-safe.
 */
final class ModelStore {

    /** Stands for the error of a task whose worker died too often, the text of which is the store's. */
    static final TaskError DIED_TOO_OFTEN = new TaskError("io.tasklane.TaskException", "died too often", "");

    /** What the text of such an error begins with. */
    static final String DIED = "Its worker died";

    private static final Duration DEAD_SHOWN_FOR = Duration.ofDays(1);

    private static final Comparator<ModelTask> ORDER = Comparator.comparingInt((ModelTask task) -> task.task.priority())
            .reversed()
            .thenComparingLong(task -> task.place);

    private final MutableInstantSource clock;

    private final Map<TaskId, ModelTask> tasks = new LinkedHashMap<>();

    /** Until when queues are paused. */
    private final Map<String, Instant> paused = new TreeMap<>();

    private final Map<Long, Worker> workers = new TreeMap<>();

    private long places;

    private long maintainer;

    private Instant maintainedUntil = Instant.MIN;

    ModelStore(MutableInstantSource clock, List<String> queues) {
        this.clock = clock;
        queues.forEach(queue -> this.paused.put(queue, Instant.MIN));
    }

    private Instant now() {
        return this.clock.instant();
    }

    // ---- tasks

    /** Returns a task as inserted now, which nobody sees until it is added. Its place is taken now. */
    ModelTask create(NewTask inserted) {
        Instant now = now();
        ModelTask task = new ModelTask(inserted, now);
        Instant runAt = inserted.delay() != null ? now.plus(inserted.delay()) : inserted.runAt();
        start(task, runAt != null ? runAt : now);
        return task;
    }

    /** The transaction that inserted the task has committed. */
    void add(ModelTask task) {
        this.tasks.put(task.task.id(), task);
    }

    private void start(ModelTask task, Instant at) {
        if (at.isAfter(now())) {
            task.scheduled(at);
        } else {
            again(task);
        }
    }

    /** Without a delay it has no other turn to take. */
    private void startAgain(ModelTask task, Instant at) {
        if (at.isAfter(now())) {
            task.scheduled(at);
        } else {
            task.queued(++this.places, now());
        }
    }

    private void again(ModelTask task) {
        if (task.needsKey()) {
            task.blocked(++this.places);
        } else {
            task.queued(++this.places, now());
        }
    }

    Collection<ModelTask> tasks() {
        return this.tasks.values();
    }

    private Stream<ModelTask> in(TaskState state) {
        return this.tasks.values().stream().filter(task -> task.state == state);
    }

    // ---- claiming and completing

    TaskExchange exchange(long worker, List<TaskCompletion> completions, @Nullable ClaimRequest claim) {
        Set<TaskId> refused = new HashSet<>();
        boolean keysEnded = false;
        for (TaskCompletion completion : completions) {
            ModelTask task = this.tasks.get(completion.lease().task());
            if (task != null && task.isHeldBy(completion.lease())) {
                boolean held = task.holds;
                complete(task, completion);
                keysEnded |= held && !task.holds;
            } else {
                refused.add(completion.lease().task());
            }
        }
        boolean mayClaim = claim != null && isAlive(worker);
        ReleasedTasks released = keysEnded ? releaseBlocked() : ReleasedTasks.NONE;
        List<LeasedTask> claimed = mayClaim && claim != null ? claim(worker, claim) : List.of();
        TaskExchange answer = new TaskExchange(claimed, refused, released);
        boolean passedOn = claimed.stream()
                .map(task -> this.tasks.get(task.lease().task()).task.key())
                .anyMatch(key -> key != null && key.hold() == TaskKey.Hold.UNTIL_CLAIMED);
        return passedOn ? answer.passingOn(releaseBlocked()) : answer;
    }

    // ---- keys

    /** In the order of each key: who has no room holds up those behind it. */
    ReleasedTasks releaseBlocked() {
        Map<String, Integer> queues = new TreeMap<>();
        for (ModelTask task : next()) {
            task.holds = true;
            task.queued(++this.places, now());
            queues.merge(task.task.queue(), 1, Integer::sum);
        }
        return new ReleasedTasks(queues, false);
    }

    private List<ModelTask> next() {
        List<ModelTask> next = new ArrayList<>();
        Map<String, Long> holding = new TreeMap<>();
        Set<String> full = new HashSet<>();
        for (ModelTask task : in(TaskState.BLOCKED)
                .sorted(Comparator.comparingLong(blocked -> blocked.place))
                .toList()) {
            TaskKey key = task.task.key();
            long holds = holding.computeIfAbsent(key.name(), this::holds);
            if (holds < key.limit() && !full.contains(key.name())) {
                holding.put(key.name(), holds + 1);
                next.add(task);
            } else {
                full.add(key.name());
            }
        }
        return next;
    }

    private long holds(String key) {
        return this.tasks.values().stream()
                .filter(task -> task.holds && task.task.key().name().equals(key))
                .count();
    }

    private void complete(ModelTask task, TaskCompletion completion) {
        Instant started = completion.startedAt() == null && task.started ? task.claimedAt : completion.startedAt();
        Instant finished = completion.finishedAt() != null ? completion.finishedAt() : now();
        TaskOutcome outcome = task.started ? ofStarted(completion.outcome()) : completion.outcome();
        if (task.cancelledAt != null || outcome instanceof TaskOutcome.Cancelled) {
            if (started != null) {
                task.attempted(StoredAttempt.Outcome.CANCELLED, started, finished, null);
            }
            task.ended(TaskState.CANCELLED, started, finished, null);
        } else if (outcome instanceof TaskOutcome.Succeeded succeeded) {
            task.ended(TaskState.SUCCEEDED, started, finished, succeeded.result());
        } else if (outcome instanceof TaskOutcome.Failed failed) {
            task.attempted(StoredAttempt.Outcome.FAILED, started, finished, failed.error());
            task.ended(TaskState.FAILED, started, finished, null);
        } else if (outcome instanceof TaskOutcome.Retried retried) {
            task.attempted(StoredAttempt.Outcome.RETRIED, started, finished, retried.error());
            task.retriesUsed++;
            // It was readable, at last.
            task.unreadableSince = null;
            startAgain(task, now().plus(retried.delay()));
        } else if (outcome instanceof TaskOutcome.Postponed postponed) {
            task.attempted(StoredAttempt.Outcome.POSTPONED, started, finished, postponed.error());
            task.unreadableSince = task.unreadableSince != null ? task.unreadableSince : now();
            startAgain(task, now().plus(postponed.delay()));
        } else if (outcome instanceof TaskOutcome.Released released) {
            if (started != null || released.recovery()) {
                task.attempted(StoredAttempt.Outcome.RELEASED, started, finished, null);
            }
            task.recoveries += released.recovery() ? 1 : 0;
            task.backInPlace();
        } else {
            throw new AssertionError("The model knows no outcome " + outcome);
        }
    }

    /** A task that may start only once, and has, never goes back. */
    private static TaskOutcome ofStarted(TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Retried retried) {
            return new TaskOutcome.Failed(retried.error());
        }
        if (outcome instanceof TaskOutcome.Postponed postponed) {
            return new TaskOutcome.Failed(postponed.error());
        }
        return outcome instanceof TaskOutcome.Released ? new TaskOutcome.Failed(MayHaveRun.GIVEN_BACK) : outcome;
    }

    boolean start(TaskLease lease) {
        ModelTask task = this.tasks.get(lease.task());
        if (task == null || !task.isHeldBy(lease)) {
            return false;
        }
        task.started = true;
        return true;
    }

    private List<LeasedTask> claim(long worker, ClaimRequest claim) {
        List<LeasedTask> claimed = new ArrayList<>();
        boolean suspectTaken = false;
        for (QueueClaim queue : claim.queues()) {
            int limit = Math.min(queue.limit(), claim.limit() - claimed.size());
            int free = Math.min(queue.free(), claim.free() - claimed.size());
            if (isPaused(queue.queue())) {
                continue;
            }
            boolean suspects = claim.suspect() && !suspectTaken;
            List<ModelTask> found = in(TaskState.QUEUED)
                    .filter(task -> task.task.queue().equals(queue.queue()))
                    .filter(task -> !claim.excludedTasks().contains(task.task.task()))
                    .filter(task -> suspects || !task.suspect)
                    .sorted(ORDER)
                    .limit(limit)
                    .toList();
            int taken = 0;
            for (ModelTask task : found) {
                if (task.suspect && taken > 0) {
                    continue;
                }
                suspectTaken |= task.suspect;
                TaskLease lease = new TaskLease(task.task.id(), worker, claim.token());
                claimed.add(task.leased(lease, now()));
                task.running(lease, now(), taken >= free && !task.suspect);
                taken++;
            }
        }
        return claimed;
    }

    Set<HeldLease> leases(long worker) {
        Set<HeldLease> leases = new HashSet<>();
        in(TaskState.RUNNING)
                .filter(task -> task.worker() == worker)
                .forEach(task -> leases.add(new HeldLease(task.lease, task.cancelledAt != null)));
        return leases;
    }

    // ---- operators

    /** Returns what the store answers; null where it refuses. */
    @Nullable
    Boolean operate(TaskId id, ModelOperation.Change change) {
        ModelTask task = this.tasks.get(id);
        if (task == null) {
            return false;
        }
        return switch (change) {
            case CANCEL -> cancel(task);
            case RETRY -> retry(task);
            case DELETE -> task.state == TaskState.RUNNING ? null : this.tasks.remove(id) != null;
        };
    }

    private boolean cancel(ModelTask task) {
        if (task.state == TaskState.RUNNING) {
            task.cancelledAt = task.cancelledAt != null ? task.cancelledAt : now();
            return true;
        }
        if (task.state.isFinished()) {
            return false;
        }
        task.ended(TaskState.CANCELLED, null, now(), null);
        return true;
    }

    private @Nullable Boolean retry(ModelTask task) {
        if (task.state == TaskState.SUCCEEDED) {
            return null;
        }
        if (!task.state.isFinished()) {
            return false;
        }
        task.retriesUsed = 0;
        task.recoveries = 0;
        task.unreadableSince = null;
        again(task);
        return true;
    }

    TaskProbe probe(Collection<String> queues, Set<String> excluded) {
        Set<String> found = new HashSet<>();
        in(TaskState.QUEUED)
                .filter(task -> queues.contains(task.task.queue()))
                .filter(task -> !isPaused(task.task.queue()))
                .filter(task -> !excluded.contains(task.task.task()))
                .forEach(task -> found.add(task.task.queue()));
        Duration next = in(TaskState.SCHEDULED)
                .map(task -> Duration.between(now(), task.runAt))
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new TaskProbe(found, next != null && next.isNegative() ? Duration.ZERO : next, !next().isEmpty());
    }

    PromotedTasks promoteDue(int limit) {
        List<ModelTask> due = in(TaskState.SCHEDULED)
                .filter(task -> !task.runAt.isAfter(now()))
                .sorted(comparing((ModelTask task) -> task.runAt)
                        .thenComparingLong(task -> task.task.id().value()))
                .limit(limit)
                .toList();
        Set<String> queues = new HashSet<>();
        boolean blocked = false;
        for (ModelTask task : due) {
            again(task);
            if (task.state == TaskState.QUEUED) {
                queues.add(task.task.queue());
            } else {
                blocked = true;
            }
        }
        return new PromotedTasks(due.size(), queues, blocked);
    }

    // ---- workers

    void joined(long worker, WorkerDescription description) {
        if (this.workers.containsKey(worker)) {
            throw new AssertionError("Worker id " + worker + " was given twice");
        }
        this.workers.put(worker, new Worker(description, now()));
    }

    boolean heartbeat(long worker) {
        if (!isAlive(worker)) {
            return false;
        }
        this.workers.get(worker).beatAt = now();
        return true;
    }

    void leave(long worker) {
        this.workers.remove(worker);
    }

    private boolean isAlive(long worker) {
        Worker known = this.workers.get(worker);
        return known != null && known.deadAt == null;
    }

    Recovery recover(Duration after, int maxRecoveries) {
        List<Long> dead = new ArrayList<>();
        this.workers.forEach((id, worker) -> {
            if (worker.deadAt == null && worker.beatAt.isBefore(now().minus(after))) {
                worker.deadAt = now();
                dead.add(id);
            }
        });
        Set<String> queues = new HashSet<>();
        int putBack = 0;
        int failed = 0;
        int cancelled = 0;
        for (ModelTask task : in(TaskState.RUNNING).toList()) {
            if (isAlive(task.worker())) {
                continue;
            }
            if (task.cancelledAt != null) {
                Instant started = task.ahead && !task.started ? null : task.claimedAt;
                TaskError error = task.started ? MayHaveRun.WORKER_DIED : null;
                task.attempted(StoredAttempt.Outcome.LOST, started, now(), error);
                task.ended(TaskState.CANCELLED, started, now(), null);
                cancelled++;
            } else if (recovered(task, maxRecoveries)) {
                queues.add(task.task.queue());
                putBack++;
            } else {
                failed++;
            }
        }
        return new Recovery(dead, putBack, failed, cancelled, queues, false);
    }

    /** Returns whether the task is put back. */
    private boolean recovered(ModelTask task, int maxRecoveries) {
        if (task.ahead && !task.started) {
            task.attempted(StoredAttempt.Outcome.LOST, null, now(), null);
            task.suspect = true;
            task.backInPlace();
            return true;
        }
        boolean again = task.recoveries < maxRecoveries && !task.started;
        TaskError error = task.started ? MayHaveRun.WORKER_DIED : DIED_TOO_OFTEN;
        task.attempted(StoredAttempt.Outcome.LOST, task.claimedAt, now(), again ? null : error);
        task.recoveries++;
        if (again) {
            task.suspect |= Math.min(task.recoveries, task.deaths()) >= 2 || task.recoveries >= maxRecoveries;
            task.backInPlace();
        } else {
            task.ended(TaskState.FAILED, task.claimedAt, now(), null);
        }
        return again;
    }

    List<StoredWorker> workers() {
        List<StoredWorker> shown = new ArrayList<>();
        this.workers.forEach((id, worker) -> {
            if (worker.deadAt == null || worker.deadAt.isAfter(now().minus(DEAD_SHOWN_FOR))) {
                shown.add(new StoredWorker(
                        id, worker.description, worker.joinedAt, worker.beatAt, worker.deadAt == null));
            }
        });
        return shown;
    }

    // ---- queues, counting and maintenance

    void setPaused(String queue, boolean value, @Nullable Duration duration) {
        Instant end = duration == null ? Instant.MAX : now().plus(duration);
        this.paused.put(queue, value ? end : Instant.MIN);
    }

    private boolean isPaused(String queue) {
        return this.paused.getOrDefault(queue, Instant.MAX).isAfter(now());
    }

    List<QueueStatistics> statistics() {
        return this.paused.keySet().stream().map(this::statistics).toList();
    }

    private QueueStatistics statistics(String queue) {
        Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            counts.put(
                    state,
                    in(state).filter(task -> task.task.queue().equals(queue)).count());
        }
        Duration oldest = in(TaskState.QUEUED)
                .filter(task -> task.task.queue().equals(queue))
                .map(task -> Duration.between(task.readyAt, now()))
                .max(Comparator.naturalOrder())
                .orElse(null);
        long consumers = this.workers.values().stream()
                .filter(worker ->
                        worker.deadAt == null && worker.description.queues().contains(queue))
                .count();
        return new QueueStatistics(queue, counts, oldest, (int) consumers);
    }

    boolean leaseMaintenance(long worker, Duration duration) {
        boolean free = this.maintainer == worker || !isAlive(this.maintainer) || !this.maintainedUntil.isAfter(now());
        if (!free || !isAlive(worker)) {
            return false;
        }
        this.maintainer = worker;
        this.maintainedUntil = now().plus(duration);
        return true;
    }

    /** Without a limit: which of several equally old tasks go first is the store's business. */
    int prune(Map<TaskState, Duration> ages) {
        List<TaskId> old = this.tasks.values().stream()
                .filter(task -> task.state.isFinished() && ages.containsKey(task.state))
                .filter(task -> task.finishedAt.isBefore(now().minus(ages.get(task.state))))
                .map(task -> task.task.id())
                .toList();
        old.forEach(this.tasks::remove);
        return old.size();
    }

    private static final class Worker {

        private final WorkerDescription description;

        private final Instant joinedAt;

        private Instant beatAt;

        private @Nullable Instant deadAt;

        private Worker(WorkerDescription description, Instant now) {
            this.description = description;
            this.joinedAt = now;
            this.beatAt = now;
        }
    }
}
