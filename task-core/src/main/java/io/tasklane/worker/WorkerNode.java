package io.tasklane.worker;

import io.tasklane.TaskQueue;
import io.tasklane.TaskTimeoutException;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.observation.TaskWorkListener;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.store.NewTask;
import io.tasklane.store.ReleasedTasks;
import io.tasklane.store.StoppedWork;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.WorkerMembership;
import io.tasklane.store.WorkerMembership.Recovery;
import io.tasklane.worker.WorkerContainer.TaskWork;
import io.tasklane.worker.WorkerHeartbeat.Clockwork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** A node from start to stop: its containers, and the loops that serve them all. Used once. */
final class WorkerNode {

    private static final Log logger = LogFactory.getLog(WorkerNode.class);

    private static final Duration HEARTBEAT_BACKOFF = Duration.ofSeconds(1);

    private static final Duration LOOP_END = Duration.ofSeconds(1);

    private final WorkerNodeSettings settings;

    private final WorkerMembership membership;

    private final TaskRunner runner;

    private final Engine engine;

    private final WorkerPresence presence;

    private final NodeContainers containers;

    private final NodeStops stops;

    private final QueueRegistry queues;

    private final DoubtfulClaims doubts;

    private final FailureLog failureLog;

    private final QueuePoller poller;

    private final QueueRefresh refresh;

    private final Signal progress;

    private final Maintenance maintenance;

    private final @Nullable TaskNotifier notifier;

    private final @Nullable NoticeListener notices;

    private final FailingQueues failing;

    private final EngineLoop polling;

    private final EngineLoop beating;

    private final EngineLoop auditing;

    private final EngineLoop timing;

    private final List<EngineLoop> loops;

    WorkerNode(
            WorkerSettings settings,
            WorkerStores stores,
            TaskRunner runner,
            TaskWorkListener listener,
            FailingQueues failing,
            Engine engine) {
        Ticker ticker = engine.ticker();
        this.settings = settings.node();
        this.membership = stores.membership();
        this.queues = stores.queues();
        this.engine = engine;
        this.presence = new WorkerPresence(ticker, this.settings.recovery());
        this.progress = new Signal(ticker);
        this.failureLog = runner.failureLog();
        this.doubts = new DoubtfulClaims(
                stores.leases(),
                this.presence,
                ticker,
                () -> this.containers().mayHaveAll(),
                () -> this.polling().wake());
        this.runner = runner;
        this.failing = failing;
        TaskTimer timer = new TaskTimer(ticker, () -> this.timing().wake(), this::goesOn);
        this.timing = loop("tasklane-timeout", timer::check, LoopBackoff.LIMIT);
        this.stops = new NodeStops(this.membership, this.presence::id);
        NodeTags tags = new NodeTags(this.settings.tags(), this.presence::id);
        this.containers = new NodeContainers(
                new ContainerPlan(settings, stores.queues(), tags, this.stops),
                new TaskWork(runner, timer, listener, this::ended, this.progress::raise),
                new WorkerAccess(
                        stores.leases(),
                        stores.progress(),
                        this.presence,
                        runner.unrunnable(),
                        this::dueIn,
                        this::released,
                        this.doubts,
                        new SuspectPermit(() -> this.containers().mayHaveAll())),
                engine,
                this::consumedChanged);
        this.notifier = stores.notifier();
        this.poller = new QueuePoller(stores.leases(), settings, this.containers, this::ready, ticker);
        this.refresh = new QueueRefresh(
                stores.queues(), this.containers, this.stops, failing::update, ticker, this.settings.queueRefresh());
        this.polling = loop("tasklane-poll", this::poll, LoopBackoff.LIMIT);
        RecoverySettings recovery = this.settings.recovery();
        WorkerHeartbeat heartbeat = new WorkerHeartbeat(
                this.membership,
                this.presence,
                new NodeDescription(this.settings.application(), tags, this.containers),
                this.containers,
                this.stops::joining,
                new Clockwork(this.engine.ticker(), recovery.heartbeatInterval().toNanos()));
        WorkerRecovery recoverer = new WorkerRecovery(this.membership, this.presence, recovery, this::recovered);
        this.maintenance = new Maintenance(
                stores.maintenance(),
                this.presence,
                ticker,
                this.settings.recovery().maintenanceLease());
        this.maintenance.add(new KeyMending(stores.maintenance(), ticker));
        if (!this.settings.retention().ages().isEmpty()) {
            this.maintenance.add(new TaskRetention(stores.maintenance(), this.settings.retention(), ticker));
        }
        Duration auditAge = this.settings.retention().audit();
        if (auditAge != null) {
            this.maintenance.add(new AuditRetention(stores.maintenance(), auditAge, this.settings.retention()));
        }
        this.maintenance.add(new TaskAging(stores.maintenance(), stores.queues(), ticker));
        this.beating = loop("tasklane-heartbeat", heartbeat::beat, HEARTBEAT_BACKOFF);
        LeaseAudit audit = new LeaseAudit(
                stores.leases(),
                this.presence,
                this.containers,
                recovery.heartbeatInterval().toNanos());
        this.auditing = loop("tasklane-audit", audit::audit, LoopBackoff.LIMIT);
        List<EngineLoop> all = new ArrayList<>(List.of(
                this.polling,
                this.beating,
                this.auditing,
                this.timing,
                loop("tasklane-fence", heartbeat::fence, HEARTBEAT_BACKOFF),
                loop("tasklane-recovery", recoverer::recover, LoopBackoff.LIMIT),
                loop("tasklane-maintenance", this.maintenance::maintain, LoopBackoff.LIMIT)));
        if (this.notifier != null) {
            NodeNotices receiver =
                    new NodeNotices(this.containers, this.poller, this.refresh, this.polling::wake, this::cancelled);
            this.notices = new NoticeListener(this.notifier, receiver, engine);
            all.add(loop("tasklane-listen", this.notices::listen, LoopBackoff.LIMIT));
        } else {
            this.notices = null;
        }
        this.loops = List.copyOf(all);
    }

    private EngineLoop loop(String name, EngineLoop.Step step, Duration longestBackoff) {
        return new EngineLoop(name, step, this.engine, longestBackoff);
    }

    private void ended(EndedTask task) {
        if (this.failing.ended(task)) {
            this.polling().wake();
        }
    }

    /** Starts the threads; never waits for the database. */
    void start() {
        this.containers.update();
        this.loops.forEach(EngineLoop::start);
    }

    /** Lets the tasks end, ends the threads, and leaves. */
    void stop() {
        this.maintenance.close();
        Collection<WorkerContainer> all = this.containers.close();
        try {
            new WorkerDrain(all, this.engine.ticker(), this.progress, this.settings).drain();
        } finally {
            List<EngineLoop> fetching = all.stream().map(WorkerContainer::close).toList();
            EngineLoop.stop(fetching, this.engine.ticker(), LOOP_END);
            if (this.notices != null) {
                this.notices.close();
            }
            EngineLoop.stop(this.loops, this.engine.ticker(), LOOP_END);
            leave(all);
            this.failureLog.tellAll();
            // What was put back is for others to run.
            announce(this.containers.names());
        }
    }

    private void leave(Collection<WorkerContainer> all) {
        OptionalLong id = this.presence.id();
        if (id.isEmpty()) {
            return;
        }
        long worker = id.getAsLong();
        int unwritten = all.stream().mapToInt(WorkerContainer::held).sum();
        if (unwritten > 0) {
            logger.warn(
                    "Worker %d could not write what came of %d tasks: the others will find it dead and put them back"
                            .formatted(worker, unwritten));
            return;
        }
        try {
            this.membership.leave(worker);
            logger.info("Worker %d has left".formatted(worker));
        } catch (RuntimeException ex) {
            logger.warn("Worker %d could not leave; the others will find it dead (%s)"
                    .formatted(worker, TaskErrors.line(TaskErrors.of(ex))));
        }
    }

    /** Tasks were committed in this JVM. */
    void committed(List<NewTask> tasks) {
        boolean earlier = false;
        for (NewTask task : tasks) {
            if (!this.containers.consumes(task.queue())) {
                continue;
            }
            if (task.delay() != null) {
                earlier |= this.poller.dueIn(task.delay());
            } else if (task.runAt() != null) {
                this.poller.ask();
                earlier = true;
            } else if (task.key() != null) {
                this.poller.release();
                earlier = true;
            } else {
                this.containers.mayHave(task.queue());
            }
        }
        if (earlier) {
            this.polling.wake();
        }
    }

    /** A task can be claimed again. */
    void requeued(String queue) {
        this.containers.mayHave(queue);
        this.poller.release();
        this.polling.wake();
    }

    /** A task that this worker runs was cancelled. */
    void cancelled(long worker) {
        OptionalLong own = this.presence.id();
        if (own.isPresent() && own.getAsLong() == worker) {
            this.auditing.wake();
        }
    }

    /** A queue was changed in this JVM, and the registry knows of it. */
    void queueChanged(String queue) {
        this.containers.update();
        this.failing.update();
        this.containers.queueChanged(queue);
        // What this node is to stop may have been changed too, by a request to any node.
        this.refresh.ask();
        this.polling.wake();
    }

    /** A container is to stop, or to start. */
    void changeContainer(String name, boolean stop) {
        require("container", name, this.containers.planned());
        change(stopped -> stopped.withContainer(name, stop));
    }

    /** A queue is not to be consumed here, or is again. */
    void changeQueue(String name, boolean stop) {
        require(
                "queue",
                name,
                this.queues.queues().stream().map(TaskQueue::name).sorted().toList());
        change(stopped -> stopped.withQueue(name, stop));
    }

    private static void require(String what, String name, List<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no %s '%s' on this node; there are: %s".formatted(what, name, String.join(", ", known)));
        }
    }

    private void change(UnaryOperator<StoppedWork> change) {
        this.stops.change(change);
        this.containers.update();
        this.containers.mayHaveAll();
    }

    /** A limit was changed in this JVM that may concern any queue. */
    void queuesChanged() {
        this.containers.queuesChanged();
    }

    /** Tasks of these queues became claimable, also for others. */
    private void ready(Set<String> queues) {
        this.containers.ready(queues);
        announce(queues);
    }

    private void recovered(Recovery round) {
        ready(round.queues());
        this.stops.looked(round.stops());
    }

    private void released(ReleasedTasks tasks) {
        ready(tasks.tasks().keySet());
        if (tasks.more()) {
            this.poller.release();
            this.polling.wake();
        }
    }

    private void announce(Set<String> queues) {
        if (this.notifier != null) {
            this.notifier.announce(queues);
        }
    }

    private EngineLoop polling() {
        return this.polling;
    }

    private NodeContainers containers() {
        return this.containers;
    }

    private EngineLoop timing() {
        return this.timing;
    }

    private void goesOn(RunningTask task, TaskDefinition definition, Instant startedAt, TaskTimeoutException timedOut) {
        TaskOutcome outcome = this.runner.goesOn(task, definition, timedOut);
        TaskCompletion completion = task.leased().completion(startedAt, task.now(), outcome);
        if (this.containers.giveUp(task, completion)) {
            logger.error(
                    "%s ignores that its timeout of %s has passed: what it returns or throws is discarded, its thread keeps its slot"
                            .formatted(task, timedOut.timeout()));
        }
    }

    /** Tasks that were given up and go on. */
    List<String> stuckTasks() {
        return this.containers.stuck().stream().map(RunningTask::toString).toList();
    }

    WorkerPresence presence() {
        return this.presence;
    }

    EngineHealth health() {
        return this.engine.health();
    }

    NotificationHealth notifications() {
        return this.notices != null ? this.notices.health() : NotificationHealth.OFF;
    }

    List<WorkerContainerInfo> infos() {
        return this.containers.all().stream().map(WorkerContainer::info).toList();
    }

    /** The other nodes are to know at once what is consumed here. */
    private void consumedChanged() {
        this.beating.wake();
    }

    private void dueIn(Duration delay) {
        if (this.poller.dueIn(delay)) {
            this.polling.wake();
        }
    }

    private long poll() {
        long untilTold = this.failureLog.tellDue();
        this.failing.pauseDue();
        long untilRefresh = this.refresh.refresh();
        long untilCheck = this.doubts.check();
        return Math.min(Math.min(Math.min(untilRefresh, untilCheck), untilTold), this.poller.poll());
    }
}
