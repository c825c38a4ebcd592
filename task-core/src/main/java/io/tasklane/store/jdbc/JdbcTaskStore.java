package io.tasklane.store.jdbc;

import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RateLimit;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskId;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
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
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskNotice;
import io.tasklane.store.TaskNotifications;
import io.tasklane.store.TaskSetChange;
import io.tasklane.store.TaskStore;
import io.tasklane.store.WorkerDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The store on a relational database: PostgreSQL, MySQL, MariaDB or H2, told by what the driver says at the first use. Creating
 * it touches no connection. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JdbcTaskStore implements TaskStore, TaskNotifications, AutoCloseable {

    private final DataSource dataSource;

    private final WorkerConnections connections;

    private final JdbcTaskWriter writer;

    private final JdbcTaskLeases leases;

    private final JdbcTaskProgress progress;

    private final JdbcWorkerMembership membership;

    private final JdbcQueueStore queueStore;

    private final JdbcTaskReader reader;

    private final JdbcTaskAdministration administration;

    private final JdbcTaskSets sets;

    private final JdbcAuditStore audit;

    private final JdbcTaskMaintenance maintenance;

    private final JdbcTaskRateLimits rateLimits;

    private final JdbcTaskNotifications notifications;

    /**
     * Creates a store.
     *
     * @param dataSource the data source of the application, with whose transactions tasks commit
     * @param settings settings
     */
    public JdbcTaskStore(DataSource dataSource, JdbcStoreSettings settings) {
        DataSource pool = withoutTransactions(dataSource);
        this.dataSource = pool;
        TaskSqlDialects dialects = new TaskSqlDialects(settings);
        OwnTransactions transactions = new OwnTransactions(pool, dialects);
        CallerTransactions callers = new CallerTransactions(pool, settings.jtaActive());
        InternedNames names = new InternedNames(transactions);
        this.connections = new WorkerConnections(pool, dialects, settings);
        this.writer = new JdbcTaskWriter(callers, transactions, dialects, names);
        KindRates kindRates = new KindRates();
        this.leases = new JdbcTaskLeases(this.connections, names, new KindLimits(kindRates));
        this.rateLimits = new JdbcTaskRateLimits(transactions, names, kindRates);
        this.progress = new JdbcTaskProgress(this.connections, callers, dialects);
        this.membership = new JdbcWorkerMembership(this.connections, transactions, names);
        this.queueStore = new JdbcQueueStore(transactions, this.connections, kindRates);
        this.reader = new JdbcTaskReader(callers, transactions, dialects);
        this.administration = new JdbcTaskAdministration(callers, transactions, dialects, names);
        this.sets = new JdbcTaskSets(transactions, this.connections, names);
        this.audit = new JdbcAuditStore(callers, transactions, dialects);
        this.maintenance = new JdbcTaskMaintenance(this.connections, names);
        this.notifications = new JdbcTaskNotifications(this.connections, dialects, settings.unpooled());
    }

    /** Whether tasks are stored through this data source, which may be wrapped. */
    public boolean isOn(DataSource dataSource) {
        return CallerTransactions.unwrap(dataSource) == CallerTransactions.unwrap(this.dataSource);
    }

    // Such a proxy hands out the connection of the caller's transaction, also to transactions of our own.
    static DataSource withoutTransactions(DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target != null ? withoutTransactions(target) : dataSource;
    }

    @Override
    public TaskId newId() {
        return this.writer.newId();
    }

    @Override
    public void intern(Collection<String> tasks) {
        this.writer.intern(tasks);
    }

    @Override
    public void insert(List<NewTask> tasks, TaskCommitListener committed) {
        this.writer.insert(tasks, committed);
    }

    @Override
    public @Nullable Object currentTransaction() {
        return this.writer.currentTransaction();
    }

    @Override
    public TaskExchange exchange(long worker, List<TaskCompletion> completions, @Nullable ClaimRequest claim) {
        return this.leases.exchange(worker, completions, claim);
    }

    @Override
    public List<HeldLease> leases(long worker) {
        return this.leases.leases(worker);
    }

    @Override
    public TaskProbe probe(Collection<String> queues, Set<String> excludedTasks) {
        return this.leases.probe(queues, excludedTasks);
    }

    @Override
    public PromotedTasks promoteDue(int limit) {
        return this.leases.promoteDue(limit);
    }

    @Override
    public ReleasedTasks releaseBlocked(int limit) {
        return this.leases.releaseBlocked(limit);
    }

    @Override
    public boolean start(TaskLease lease) {
        return this.progress.start(lease);
    }

    @Override
    public @Nullable String payload(TaskLease lease) {
        return this.progress.payload(lease);
    }

    @Override
    public boolean succeedInTransaction(TaskCompletion completion) {
        return this.progress.succeedInTransaction(completion);
    }

    @Override
    public LeaseState leaseState(TaskLease lease) {
        return this.progress.leaseState(lease);
    }

    @Override
    public boolean isUnreachable(Throwable failure) {
        return this.progress.isUnreachable(failure);
    }

    @Override
    public long join(WorkerDescription description) {
        return this.membership.join(description);
    }

    @Override
    public boolean heartbeat(long worker, WorkerDescription description) {
        return this.membership.heartbeat(worker, description);
    }

    @Override
    public Recovery recover(Duration after, int maxRecoveries) {
        return this.membership.recover(after, maxRecoveries);
    }

    @Override
    public void leave(long worker) {
        this.membership.leave(worker);
    }

    @Override
    public Optional<StoppedWork> stopped(long worker) {
        return this.membership.stopped(worker);
    }

    @Override
    public Optional<StoppedWork> stop(long worker, UnaryOperator<StoppedWork> change) {
        return this.membership.stop(worker, change);
    }

    @Override
    public List<StoredWorker> workers() {
        return this.membership.workers();
    }

    @Override
    public List<TaskQueue> queues() {
        return this.queueStore.queues();
    }

    @Override
    public Optional<TaskQueue> queue(String name) {
        return this.queueStore.queue(name);
    }

    @Override
    public TaskQueue declare(QueueSpec spec) {
        return this.queueStore.declare(spec);
    }

    @Override
    public AppliedQueue apply(QueueSpec spec, String application, String hash, Duration supersededFor) {
        return this.queueStore.apply(spec, application, hash, supersededFor);
    }

    @Override
    public TaskQueue replace(QueueSpec spec) {
        return this.queueStore.replace(spec);
    }

    @Override
    public Optional<TaskQueue> patch(String name, UnaryOperator<QueueSettings> change) {
        return this.queueStore.patch(name, change);
    }

    @Override
    public Optional<TaskQueue> pause(String name, @Nullable Duration duration) {
        return this.queueStore.pause(name, duration);
    }

    @Override
    public Optional<TaskQueue> pauseUntil(String name, Instant until) {
        return this.queueStore.pauseUntil(name, until);
    }

    @Override
    public Optional<TaskQueue> resume(String name) {
        return this.queueStore.resume(name);
    }

    @Override
    public boolean delete(String name, @Nullable RemainingTasks remaining) {
        return this.queueStore.delete(name, remaining);
    }

    @Override
    public long purge(String name) {
        return this.queueStore.purge(name);
    }

    @Override
    public List<QueueStatistics> statistics(Set<TaskState> states) {
        return this.queueStore.statistics(states);
    }

    @Override
    public Optional<TaskState> state(TaskId id) {
        return this.reader.state(id);
    }

    @Override
    public Optional<StoredTask> find(TaskId id) {
        return this.reader.find(id);
    }

    @Override
    public List<StoredAttempt> attempts(TaskId id) {
        return this.reader.attempts(id);
    }

    @Override
    public boolean retry(TaskId id, TaskChangeListener committed) {
        return this.administration.retry(id, committed);
    }

    @Override
    public boolean cancel(TaskId id, TaskChangeListener committed) {
        return this.administration.cancel(id, committed);
    }

    @Override
    public boolean delete(TaskId id) {
        return this.administration.delete(id);
    }

    @Override
    public long count(TaskSetChange change) {
        return this.sets.count(change);
    }

    @Override
    public Batch change(
            TaskSetChange change, Entry audit, @Nullable Cursor after, int limit, TaskChangeListener committed) {
        return this.sets.change(change, audit, after, limit, committed);
    }

    @Override
    public boolean deleteScheduled(String queue, TaskId id, Entry audit) {
        return this.sets.deleteScheduled(queue, id, audit);
    }

    @Override
    public boolean leaseMaintenance(long worker, Duration duration) {
        return this.maintenance.leaseMaintenance(worker, duration);
    }

    @Override
    public int prune(Map<TaskState, Duration> ages, int limit) {
        return this.maintenance.prune(ages, limit);
    }

    @Override
    public int pruneAudit(Duration age, int limit) {
        return this.maintenance.pruneAudit(age, limit);
    }

    @Override
    public void audit(Entry entry, boolean joined) {
        this.audit.audit(entry, joined);
    }

    @Override
    public List<AuditRecord> audited(int limit) {
        return this.audit.audited(limit);
    }

    @Override
    public boolean mendKeys(int limit) {
        return this.maintenance.mendKeys(limit);
    }

    @Override
    public AgedTasks age(String queue, PriorityAging rule, @Nullable Place from, int limit) {
        return this.maintenance.age(queue, rule, from, limit);
    }

    @Override
    public Map<String, RateLimit> rateLimits() {
        return this.rateLimits.rateLimits();
    }

    @Override
    public void setRateLimit(String task, @Nullable RateLimit limit) {
        this.rateLimits.setRateLimit(task, limit);
    }

    @Override
    public Set<String> applyRateLimits(String application, Collection<DeclaredRateLimit> declared) {
        return this.rateLimits.applyRateLimits(application, declared);
    }

    /** Whether this is PostgreSQL, reached by its own driver, and {@link JdbcStoreSettings#unpooled()} is given. */
    @Override
    public boolean supportsNotices() {
        return this.notifications.supportsNotices();
    }

    @Override
    public void send(TaskNotice notice) {
        this.notifications.send(notice);
    }

    @Override
    public Listening listen() {
        return this.notifications.listen();
    }

    /** Gives back the connection that is kept for heartbeats and notices. */
    @Override
    public void close() {
        this.connections.close();
    }
}
