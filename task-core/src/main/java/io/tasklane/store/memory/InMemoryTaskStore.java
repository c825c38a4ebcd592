package io.tasklane.store.memory;

import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RateLimit;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskId;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.TaskTransactionException;
import io.tasklane.store.AuditRecord;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.HeldLease;
import io.tasklane.store.NewTask;
import io.tasklane.store.PriorityAging;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.ReleasedTasks;
import io.tasklane.store.StoppedWork;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.StoredTask;
import io.tasklane.store.StoredWorker;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskCommitListener;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskExchange;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskPage;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskSetChange;
import io.tasklane.store.TaskStore;
import io.tasklane.store.TransactionEnd;
import io.tasklane.store.WorkerDescription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A store that keeps everything in this JVM and loses it with it: for tests, and for trying out. It joins any Spring
 * transaction: what was written becomes visible with the commit, to the transaction itself at once. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryTaskStore implements TaskStore, TaskSearch {

    private final ReentrantLock lock = new ReentrantLock();

    private final AtomicLong lastId = new AtomicLong();

    private final MemoryTasks tasks;

    private final MemoryQueues queues;

    private final MemoryWorkers workers = new MemoryWorkers();

    private final MemoryRateLimits rates;

    private final MemoryLeases leases;

    private final MemorySearch search;

    private final MemoryAdministration administration;

    private final MemoryTaskSets sets;

    private final MemoryAudit audit = new MemoryAudit();

    private final MemoryMaintenance maintenance;

    /**
     * Creates an empty store that has the queue {@code default}.
     *
     * @param clock the store's clock, {@code InstantSource.system()} outside tests
     */
    public InMemoryTaskStore(InstantSource clock) {
        this.tasks = new MemoryTasks(clock);
        this.queues = new MemoryQueues(this.tasks);
        this.rates = new MemoryRateLimits(this.tasks);
        this.leases = new MemoryLeases(this.tasks, this.queues, this.rates, this.workers);
        this.search = new MemorySearch(this.tasks);
        this.administration = new MemoryAdministration(this.tasks);
        this.sets = new MemoryTaskSets(this.tasks);
        this.maintenance = new MemoryMaintenance(this.tasks, this.workers);
    }

    @Override
    public TaskId newId() {
        return new TaskId(this.lastId.incrementAndGet());
    }

    @Override
    public void intern(Collection<String> tasks) {
        // Names need no room of their own here.
    }

    @Override
    public void insert(List<NewTask> inserted, TaskCommitListener committed) {
        if (inserted.isEmpty()) {
            return;
        }
        String task = inserted.get(0).task();
        MemoryTransaction transaction = writableTransaction("Task '%s' cannot be enqueued".formatted(task), "enqueue");
        locked(() -> write(transaction, new MemoryInsert(create(inserted), committed)))
                .run();
    }

    @Override
    public @Nullable Object currentTransaction() {
        return transaction();
    }

    @Override
    public TaskExchange exchange(long worker, List<TaskCompletion> completions, @Nullable ClaimRequest claim) {
        return locked(() -> this.leases.exchange(worker, completions, claim));
    }

    @Override
    public List<HeldLease> leases(long worker) {
        return locked(() -> this.leases.of(worker));
    }

    @Override
    public TaskProbe probe(Collection<String> names, Set<String> excludedTasks) {
        return locked(() -> this.leases.probe(names, excludedTasks));
    }

    @Override
    public PromotedTasks promoteDue(int limit) {
        return locked(() -> this.leases.promoteDue(limit));
    }

    @Override
    public ReleasedTasks releaseBlocked(int limit) {
        return locked(() -> this.leases.releaseBlocked(limit));
    }

    @Override
    public AgedTasks age(String queue, PriorityAging rule, @Nullable Place from, int limit) {
        return locked(() -> this.maintenance.age(queue, rule, from, limit));
    }

    @Override
    public Map<String, RateLimit> rateLimits() {
        return locked(this.rates::all);
    }

    @Override
    public void setRateLimit(String task, @Nullable RateLimit limit) {
        locked(() -> {
            this.rates.set(task, limit);
            return true;
        });
    }

    @Override
    public Set<String> applyRateLimits(String application, Collection<DeclaredRateLimit> declared) {
        return locked(() -> this.rates.apply(application, declared));
    }

    @Override
    public boolean start(TaskLease lease) {
        return locked(() -> this.leases.start(lease));
    }

    @Override
    public @Nullable String payload(TaskLease lease) {
        return locked(() -> this.leases.payload(lease));
    }

    @Override
    public boolean succeedInTransaction(TaskCompletion completion) {
        MemoryTransaction transaction = transaction();
        if (transaction == null) {
            throw new TaskTransactionException("Task %s cannot complete in the transaction of its body: there is none"
                    .formatted(completion.lease().task()));
        }
        TaskLease lease = completion.lease();
        if (!locked(() -> this.leases.keep(lease))) {
            return false;
        }
        transaction.add(new MemoryCompletion(completion, locked(this.tasks::now)));
        transaction.atEnd(() -> locked(() -> {
            this.leases.free(lease);
            return true;
        }));
        return true;
    }

    @Override
    public LeaseState leaseState(TaskLease lease) {
        return locked(() -> this.leases.state(lease));
    }

    @Override
    public boolean isUnreachable(Throwable failure) {
        return false;
    }

    @Override
    public long join(WorkerDescription description) {
        return locked(() -> this.workers.join(description, this.tasks.now()));
    }

    @Override
    public boolean heartbeat(long worker, WorkerDescription description) {
        return locked(() -> this.workers.heartbeat(worker, description, this.tasks.now()));
    }

    @Override
    public Recovery recover(Duration after, int maxRecoveries) {
        return locked(() -> this.leases.recover(after, maxRecoveries));
    }

    @Override
    public void leave(long worker) {
        locked(() -> {
            this.workers.leave(worker);
            return true;
        });
    }

    @Override
    public Optional<StoppedWork> stopped(long worker) {
        return locked(() -> this.workers.stopped(worker));
    }

    @Override
    public Optional<StoppedWork> stop(long worker, UnaryOperator<StoppedWork> change) {
        return locked(() -> this.workers.stop(worker, change));
    }

    @Override
    public List<StoredWorker> workers() {
        return locked(() -> this.workers.all(this.tasks.now()));
    }

    @Override
    public List<TaskQueue> queues() {
        return locked(this.queues::all);
    }

    @Override
    public Optional<TaskQueue> queue(String name) {
        return locked(() -> Optional.ofNullable(this.queues.get(name)));
    }

    @Override
    public TaskQueue declare(QueueSpec spec) {
        return locked(() -> this.queues.declare(spec));
    }

    @Override
    public AppliedQueue apply(QueueSpec spec, String application, String hash, Duration supersededFor) {
        return locked(() -> this.queues.apply(spec, application, hash, supersededFor, this.tasks.now()));
    }

    @Override
    public TaskQueue replace(QueueSpec spec) {
        return locked(() -> this.queues.replace(spec));
    }

    @Override
    public Optional<TaskQueue> patch(String name, UnaryOperator<QueueSettings> change) {
        return locked(() -> this.queues.patch(name, change));
    }

    @Override
    public Optional<TaskQueue> pause(String name, @Nullable Duration duration) {
        return locked(() ->
                this.queues.pause(name, duration != null ? this.tasks.now().plus(duration) : null));
    }

    @Override
    public Optional<TaskQueue> pauseUntil(String name, Instant until) {
        return locked(() -> this.queues.pause(name, until));
    }

    @Override
    public Optional<TaskQueue> resume(String name) {
        return locked(() -> this.queues.resume(name));
    }

    @Override
    public boolean delete(String name, @Nullable RemainingTasks remaining) {
        return locked(() -> this.queues.delete(name, remaining));
    }

    @Override
    public long purge(String name) {
        return locked(() -> this.queues.purge(name));
    }

    @Override
    public List<QueueStatistics> statistics(Set<TaskState> states) {
        return locked(() -> MemoryStatistics.of(this.tasks, this.queues, this.workers, states));
    }

    @Override
    public Optional<TaskState> state(TaskId id) {
        return task(id).map(MemoryTask::state);
    }

    @Override
    public Optional<StoredTask> find(TaskId id) {
        return task(id).map(task -> task.stored(task.error()));
    }

    @Override
    public List<StoredAttempt> attempts(TaskId id) {
        return task(id).map(MemoryTask::attempts).orElse(List.of());
    }

    @Override
    public boolean retry(TaskId id, TaskChangeListener committed) {
        return change(id, "retried", "retry", task -> this.administration.retry(id, task, committed));
    }

    @Override
    public boolean cancel(TaskId id, TaskChangeListener committed) {
        return change(id, "cancelled", "cancel", task -> this.administration.cancel(id, task, committed));
    }

    @Override
    public boolean delete(TaskId id) {
        return change(id, "deleted", "delete", task -> this.administration.delete(id, task));
    }

    @Override
    public long count(TaskSetChange change) {
        return locked(() -> {
            requireQueues(change);
            return this.sets.count(change);
        });
    }

    @Override
    public Batch change(
            TaskSetChange change, Entry audit, @Nullable Cursor after, int limit, TaskChangeListener committed) {
        List<Runnable> told = new ArrayList<>();
        Batch batch = locked(() -> {
            requireQueues(change);
            Cursor start = after != null ? after : begin(audit);
            Batch changed =
                    this.sets.change(change, start, limit, write -> told.add(write.apply(this.tasks)), committed);
            this.audit.count(start.audit(), changed.changed(), changed.next() == null ? audit : audit.unfinished());
            return changed;
        });
        told.forEach(Runnable::run);
        return batch;
    }

    private Cursor begin(Entry audit) {
        Instant now = this.tasks.now();
        return new Cursor(now, this.audit.add(now, audit.unfinished()), 0, 0, 0);
    }

    private void requireQueues(TaskSetChange change) {
        this.queues.require(change.queue());
        if (change.action() instanceof TaskSetChange.Reroute reroute) {
            this.queues.require(reroute.queue());
        }
    }

    @Override
    public boolean deleteScheduled(String queue, TaskId id, Entry audit) {
        return locked(() -> {
            boolean deleted = this.sets.deleteScheduled(queue, id);
            if (deleted) {
                this.audit.add(this.tasks.now(), audit);
            }
            return deleted;
        });
    }

    @Override
    public boolean leaseMaintenance(long worker, Duration duration) {
        return locked(() -> this.maintenance.lease(worker, duration));
    }

    @Override
    public int prune(Map<TaskState, Duration> ages, int limit) {
        return locked(() -> this.maintenance.prune(ages, limit));
    }

    /** Keys are counted with the tasks here, so that there is nothing to mend. */
    @Override
    public boolean mendKeys(int limit) {
        return true;
    }

    @Override
    public int pruneAudit(Duration age, int limit) {
        return locked(() -> this.audit.prune(this.tasks.now(), age, limit));
    }

    @Override
    public void audit(Entry entry, boolean joined) {
        MemoryTransaction transaction =
                joined ? writableTransaction("What was done cannot be audited", "audit it") : null;
        locked(() -> write(transaction, this.audit.write(entry))).run();
    }

    @Override
    public List<AuditRecord> audited(int limit) {
        return locked(() -> this.audit.newest(limit));
    }

    @Override
    public TaskPage find(TaskFilter filter, TaskPageRequest page) {
        return locked(() -> this.search.find(filter, page));
    }

    private List<MemoryTask> create(List<NewTask> inserted) {
        inserted.forEach(task -> this.queues.require(task.queue()));
        return inserted.stream().map(this.tasks::create).toList();
    }

    private boolean change(
            TaskId id, String participle, String verb, Function<@Nullable MemoryTask, @Nullable MemoryChange> decide) {
        MemoryTransaction transaction =
                writableTransaction("Task %s cannot be %s".formatted(id, participle), verb + " it");
        Optional<Runnable> told = locked(() -> {
            MemoryChange change = decide.apply(see(transaction, id));
            return change != null ? Optional.of(write(transaction, change)) : Optional.empty();
        });
        told.ifPresent(Runnable::run);
        return told.isPresent();
    }

    /** Writes with the transaction, or at once. Returns what is to be told now. */
    private Runnable write(@Nullable MemoryTransaction transaction, MemoryWrite write) {
        if (transaction == null) {
            return write.apply(this.tasks);
        }
        transaction.add(write);
        return () -> {};
    }

    private Optional<MemoryTask> task(TaskId id) {
        MemoryTransaction transaction = transaction();
        return locked(() -> Optional.ofNullable(see(transaction, id)));
    }

    private @Nullable MemoryTask see(@Nullable MemoryTransaction transaction, TaskId id) {
        MemoryTask committed = this.tasks.get(id);
        return transaction != null ? transaction.see(id, committed) : committed;
    }

    private @Nullable MemoryTransaction writableTransaction(String refusal, String verb) {
        MemoryTransaction transaction = transaction();
        if (transaction != null
                && TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                && !TransactionEnd.isReached()) {
            throw new TaskTransactionException(
                    "%s in a read-only transaction: make the transaction writable, or %s after it"
                            .formatted(refusal, verb));
        }
        return transaction;
    }

    private @Nullable MemoryTransaction transaction() {
        return MemoryTransaction.current(this, write -> locked(() -> write.apply(this.tasks)));
    }

    private <T> T locked(Supplier<T> work) {
        this.lock.lock();
        try {
            return work.get();
        } finally {
            this.lock.unlock();
        }
    }
}
