package io.tasklane.worker;

import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskLease;
import io.tasklane.worker.QueuePoller.PolledQueues;
import io.tasklane.worker.WorkerContainer.TaskWork;
import io.tasklane.worker.WorkerHeartbeat.LeaseHolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** The containers of a node, which come and go with the queues that exist. */
final class NodeContainers implements LeaseHolder, PolledQueues {

    private static final Log logger = LogFactory.getLog(NodeContainers.class);

    private static final Duration LEAVE_END = Duration.ofSeconds(1);

    private final ContainerPlan plan;

    private final TaskWork work;

    private final WorkerAccess access;

    private final Engine engine;

    private final Runnable changed;

    private Map<String, WorkerContainer> byName = Map.of();

    /** Containers without queues, until their last tasks have ended. */
    private Map<String, WorkerContainer> leaving = Map.of();

    private volatile List<WorkerContainer> all = List.of();

    private volatile Map<String, WorkerContainer> byQueue = Map.of();

    private boolean closed;

    NodeContainers(ContainerPlan plan, TaskWork work, WorkerAccess access, Engine engine, Runnable changed) {
        this.plan = plan;
        this.work = work;
        this.access = access;
        this.engine = engine;
        this.changed = changed;
    }

    /** Starts containers for queues that are new here, and ends those whose queues are not to be consumed any more. */
    synchronized void update() {
        if (this.closed) {
            return;
        }
        Map<String, WorkerContainer> named = new TreeMap<>();
        Map<String, WorkerContainer> serving = new HashMap<>();
        for (ContainerSpec spec : this.plan.running()) {
            WorkerContainer container = known(spec.name());
            if (container == null) {
                container = new WorkerContainer(spec, this.plan.threads(spec), this.work, this.access, this.engine);
                logger.info("Container '%s' consumes %s, %s at once"
                        .formatted(spec.name(), spec.queues(), container.concurrency()));
                container.start();
            } else if (!container.queues().equals(spec.queues())) {
                logger.info("Container '%s' consumes %s now".formatted(spec.name(), spec.queues()));
                container.setQueues(spec.queues());
            }
            container.setReserved(spec.reserved());
            named.put(spec.name(), container);
            for (String queue : spec.queues()) {
                serving.put(queue, container);
            }
        }
        this.leaving = leave(named);
        this.byName = named;
        List<WorkerContainer> present = new ArrayList<>(named.values());
        present.addAll(this.leaving.values());
        this.all = List.copyOf(present);
        boolean news = !this.byQueue.keySet().equals(serving.keySet());
        this.byQueue = Map.copyOf(serving);
        if (news) {
            // The node may have joined before the new containers could be found here.
            named.values().forEach(WorkerContainer::wake);
            this.changed.run();
        }
    }

    // A queue that is declared again while tasks of it run shares its slots with them.
    private @Nullable WorkerContainer known(String name) {
        WorkerContainer container = this.byName.get(name);
        return container != null ? container : this.leaving.get(name);
    }

    private Map<String, WorkerContainer> leave(Map<String, WorkerContainer> staying) {
        Map<String, WorkerContainer> left = new TreeMap<>();
        for (WorkerContainer container : this.byName.values()) {
            if (!staying.containsKey(container.name())) {
                logger.info("Container '%s' ends: this node consumes its queues no longer".formatted(container.name()));
                container.leave();
                left.put(container.name(), container);
            }
        }
        for (WorkerContainer container : this.leaving.values()) {
            if (staying.containsKey(container.name())) {
                continue;
            }
            if (container.isEmpty() && container.stuck().isEmpty()) {
                EngineLoop.stop(List.of(container.close()), this.engine.ticker(), LEAVE_END);
            } else {
                left.put(container.name(), container);
            }
        }
        return left;
    }

    /** No container is added from now on. Returns those that there are. */
    synchronized Collection<WorkerContainer> close() {
        this.closed = true;
        return all();
    }

    /** All containers, ordered by name, and after them those that are about to end. */
    Collection<WorkerContainer> all() {
        return this.all;
    }

    /** Names of the containers that there are, those that are stopped included. */
    synchronized List<String> planned() {
        return this.plan.containers().stream().map(ContainerSpec::name).sorted().toList();
    }

    /** There may be tasks in this queue; nothing happens if this node does not consume it. */
    void mayHave(String queue) {
        WorkerContainer container = this.byQueue.get(queue);
        if (container != null) {
            container.mayHave(queue);
        }
    }

    /** There may be tasks anywhere. */
    void mayHaveAll() {
        names().forEach(this::mayHave);
    }

    /** A queue was changed: there may be tasks in it that may be claimed now. */
    void queueChanged(String queue) {
        WorkerContainer container = this.byQueue.get(queue);
        if (container != null) {
            container.queueChanged(queue);
        }
    }

    /** Queues were changed. */
    void queuesChanged() {
        names().forEach(this::queueChanged);
    }

    /** How many tasks are claimed and not written yet. */
    int held() {
        return all().stream().mapToInt(WorkerContainer::held).sum();
    }

    /** Whether a task is held, as far as can be told: the answer to its claim may be on its way. */
    boolean mayHold(TaskLease lease) {
        return all().stream().anyMatch(container -> container.mayHold(lease));
    }

    /** An operator has cancelled a task. */
    void cancel(TaskLease lease) {
        all().forEach(container -> container.cancel(lease));
    }

    /** Ends a task that goes on after its timeout. Returns whether it had not ended by itself. */
    boolean giveUp(RunningTask task, TaskCompletion completion) {
        return all().stream().anyMatch(container -> container.giveUp(task, completion));
    }

    /** Tasks that were given up and go on. */
    List<RunningTask> stuck() {
        return all().stream().flatMap(container -> container.stuck().stream()).toList();
    }

    boolean consumes(String queue) {
        return this.byQueue.containsKey(queue);
    }

    @Override
    public Set<String> names() {
        return this.byQueue.keySet();
    }

    @Override
    public boolean isHot(String name) {
        WorkerContainer container = this.byQueue.get(name);
        return container != null && container.isHot(name);
    }

    @Override
    public Set<String> excludedTasks() {
        return this.access.unrunnable().unknown();
    }

    @Override
    public void ready(Set<String> names) {
        names.forEach(this::mayHave);
    }

    @Override
    public void loseAll() {
        all().forEach(WorkerContainer::loseAll);
    }

    @Override
    public void mayClaim() {
        // The node may have another id now, which is one of its tags.
        update();
        // The claims of a worker that is dead bring nothing, whatever there is.
        mayHaveAll();
    }
}
