package io.tasklane.actuate.endpoint;

import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueInUseException;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueues;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the queues of the whole application: state, settings as this node applies them, tasks by state, consumers. With
 * unrestricted access it also changes, pauses, resumes and deletes them.
 */
@Endpoint(id = TaskQueuesEndpoint.ID, defaultAccess = Access.READ_ONLY)
public class TaskQueuesEndpoint {

    static final String ID = "taskqueues";

    private final TaskQueues queues;

    private final QueueStore store;

    private final QueueRegistry registry;

    private final @Nullable WorkerNodeView node;

    /**
     * Creates the endpoint.
     *
     * @param queues changes the queues
     * @param store where queues and tasks are kept
     * @param registry the queues with this node's defaults behind them
     * @param node this node, null if it only produces
     */
    public TaskQueuesEndpoint(
            TaskQueues queues, QueueStore store, QueueRegistry registry, @Nullable WorkerNodeView node) {
        this.queues = queues;
        this.store = store;
        this.registry = registry;
        this.node = node;
    }

    /** Shows all queues by name. */
    @ReadOperation
    public TaskQueuesDescriptor queues() {
        Map<String, TaskQueueDescriptor> queues = new LinkedHashMap<>();
        Map<String, TaskQueue> declared = declaredQueues();
        for (QueueStatistics statistics : this.store.statistics()) {
            TaskQueue queue = declared.get(statistics.queue());
            if (queue != null) {
                queues.put(queue.name(), descriptor(queue, statistics));
            }
        }
        return new TaskQueuesDescriptor(queues);
    }

    /**
     * Shows one queue.
     *
     * @param name its name
     * @return null, which is answered as not found, if there is no such queue
     */
    @ReadOperation
    public @Nullable TaskQueueDescriptor queue(@Selector String name) {
        return queues().queues().get(name);
    }

    /**
     * Changes settings of a queue, pauses it or ends its pause. What is not given stays as it is, and {@code none} lifts a
     * setting, so that each node's default applies. Nothing is changed unless all of it is
     * valid.
     *
     * @param name its name
     * @param concurrency how many of its tasks one node runs at once, a number or a range such as 2-10
     * @param retries how often its failed tasks are tried again
     * @param defaultPriority priority of its tasks that have none of their own
     * @param minPriority least priority of its tasks
     * @param maxPriority highest priority of its tasks
     * @param backoffInitial wait before the first retry, with a unit
     * @param backoffMultiplier factor from one wait to the next
     * @param backoffMax longest wait, with a unit
     * @param backoffJitter random share of each wait, 0 to 1
     * @param tags regular expressions, separated by commas, of which one must match a tag of a node for it to run its tasks;
     *     empty for no node
     * @param maxRunning how many of its tasks all nodes together run at once
     * @param reservedSlots how many slots the other queues of the same container leave free for it
     * @param rateLimit how many of its tasks all nodes together start in an interval, 0 for none
     * @param rateInterval that interval, with a unit
     * @param rateBurst how many of its tasks may start at once
     * @param autoPauseFailures how many attempts have to fail in a row on one node for the queue to be paused for a while
     * @param autoPauseRate which share of the last attempts has to, above 0 and up to 1
     * @param autoPauseAttempts how many attempts that share is of
     * @param autoPauseDuration how long the pause is, with a unit
     * @param agingAfter after how long a wait its tasks gain priority, with a unit
     * @param agingStep how much they gain each time
     * @param agingMax up to which priority they gain
     * @param paused true to pause it, false to end its pause
     * @param pausedUntil when a pause that begins now ends by itself, as an ISO instant
     * @return the queue as stored
     */
    @WriteOperation
    public ChangedQueueDescriptor change(
            @Selector String name,
            @Nullable String concurrency,
            @Nullable String retries,
            @Nullable String defaultPriority,
            @Nullable String minPriority,
            @Nullable String maxPriority,
            @Nullable String backoffInitial,
            @Nullable String backoffMultiplier,
            @Nullable String backoffMax,
            @Nullable String backoffJitter,
            @Nullable String tags,
            @Nullable String maxRunning,
            @Nullable String reservedSlots,
            @Nullable String rateLimit,
            @Nullable String rateInterval,
            @Nullable String rateBurst,
            @Nullable String autoPauseFailures,
            @Nullable String autoPauseRate,
            @Nullable String autoPauseAttempts,
            @Nullable String autoPauseDuration,
            @Nullable String agingAfter,
            @Nullable String agingStep,
            @Nullable String agingMax,
            @Nullable String paused,
            @Nullable String pausedUntil) {
        QueueChangeRequest request = new QueueChangeRequest()
                .concurrency(concurrency)
                .set(QueueSetting.RETRIES, retries)
                .set(QueueSetting.DEFAULT_PRIORITY, defaultPriority)
                .set(QueueSetting.MIN_PRIORITY, minPriority)
                .set(QueueSetting.MAX_PRIORITY, maxPriority)
                .set(QueueSetting.BACKOFF_INITIAL, backoffInitial)
                .set(QueueSetting.BACKOFF_MULTIPLIER, backoffMultiplier)
                .set(QueueSetting.BACKOFF_MAX, backoffMax)
                .set(QueueSetting.BACKOFF_JITTER, backoffJitter)
                .set(QueueSetting.TAGS, tags)
                .set(QueueSetting.MAX_RUNNING, maxRunning)
                .set(QueueSetting.RESERVED_SLOTS, reservedSlots)
                .set(QueueSetting.RATE_LIMIT, rateLimit)
                .set(QueueSetting.RATE_INTERVAL, rateInterval)
                .set(QueueSetting.RATE_BURST, rateBurst)
                .set(QueueSetting.AUTO_PAUSE_FAILURES, autoPauseFailures)
                .set(QueueSetting.AUTO_PAUSE_RATE, autoPauseRate)
                .set(QueueSetting.AUTO_PAUSE_ATTEMPTS, autoPauseAttempts)
                .set(QueueSetting.AUTO_PAUSE_DURATION, autoPauseDuration)
                .set(QueueSetting.AGING_AFTER, agingAfter)
                .set(QueueSetting.AGING_STEP, agingStep)
                .set(QueueSetting.AGING_MAX, agingMax)
                .pause(paused, pausedUntil);
        try {
            TaskQueue queue = request.apply(this.queues, named(name));
            return new ChangedQueueDescriptor(queue.state(), queue.pausedUntil(), settings(queue));
        } catch (NoSuchQueueException ex) {
            throw TaskRequestException.notFound(String.valueOf(ex.getMessage()));
        }
    }

    /**
     * Does something with many tasks of a queue. Each operation has fields of its own, and refuses those of others.
     *
     * @param name name of the queue
     * @param operation {@code requeue-failed}, {@code clean}, {@code drain}, {@code cancel}, {@code reroute},
     *     {@code reprioritise} or {@code promote-due}
     * @param maxRequeues how often failed tasks may be requeued
     * @param task name of the tasks
     * @param from when they failed, or were enqueued, at the earliest, as an ISO instant
     * @param before before which they failed, or were enqueued, as an ISO instant
     * @param state state of the tasks; to delete those that have ended, the one in which they did
     * @param queue the queue into which tasks are put
     * @param priority the priority that tasks get
     * @param olderThan before when they ended, as an ISO instant or an age with a unit
     * @param scheduled true to delete, of the tasks that wait, the scheduled ones too
     * @param dryRun true to change nothing, and only count
     * @return how many tasks
     */
    @WriteOperation
    public QueueOperationDescriptor operate(
            @Selector String name,
            @Selector String operation,
            @Nullable String maxRequeues,
            @Nullable String task,
            @Nullable String from,
            @Nullable String before,
            @Nullable String state,
            @Nullable String queue,
            @Nullable String priority,
            @Nullable String olderThan,
            @Nullable String scheduled,
            @Nullable String dryRun) {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("maxRequeues", maxRequeues);
        fields.put("task", task);
        fields.put("from", from);
        fields.put("before", before);
        fields.put("state", state);
        fields.put("queue", queue);
        fields.put("priority", priority);
        fields.put("olderThan", olderThan);
        fields.put("scheduled", scheduled);
        fields.put("dryRun", dryRun);
        Map<String, String> given = new LinkedHashMap<>();
        fields.forEach((field, value) -> {
            if (value != null) {
                given.put(field, value);
            }
        });
        try {
            return new QueueOperationRequest(operation, given).apply(this.queues.queue(named(name)));
        } catch (NoSuchQueueException ex) {
            throw TaskRequestException.notFound(String.valueOf(ex.getMessage()));
        }
    }

    /**
     * Deletes a queue.
     *
     * @param name its name
     * @param tasks what becomes of its tasks, {@code keep} or {@code delete}; null if there must be none that wait or run
     */
    @DeleteOperation
    public void delete(@Selector String name, @Nullable String tasks) {
        if (name.equals(QueueSpec.DEFAULT)) {
            throw TaskRequestException.invalid(
                    "The queue 'default' cannot be deleted: tasks that name no queue go there;"
                            + " to stop it, POST {\"paused\": true}");
        }
        try {
            if (tasks == null) {
                this.queues.delete(named(name));
            } else {
                this.queues.delete(named(name), remaining(tasks));
            }
        } catch (NoSuchQueueException ex) {
            throw TaskRequestException.notFound(String.valueOf(ex.getMessage()));
        } catch (QueueInUseException ex) {
            throw TaskRequestException.conflict(
                    ("Queue '%s' is not deleted: %d of its tasks run and %d wait. Pause it and let the running ones end;"
                                    + " then delete it with tasks=delete, or at once with tasks=keep")
                            .formatted(name, ex.running(), ex.waiting()));
        }
    }

    private static String named(String name) {
        try {
            return QueueSpec.requireValidName(name);
        } catch (IllegalArgumentException ex) {
            throw TaskRequestException.invalid(String.valueOf(ex.getMessage()));
        }
    }

    private static RemainingTasks remaining(String tasks) {
        return switch (tasks) {
            case "keep" -> RemainingTasks.KEEP;
            case "delete" -> RemainingTasks.DELETE;
            default ->
                throw TaskRequestException.invalid(
                        "'tasks' is '%s'; allowed: keep (they wait until the queue is declared again), delete"
                                .formatted(tasks));
        };
    }

    private TaskQueueDescriptor descriptor(TaskQueue queue, QueueStatistics statistics) {
        return TaskQueueDescriptor.of(queue, settings(queue), statistics);
    }

    private QueueSettingsDescriptor settings(TaskQueue queue) {
        return QueueSettingsDescriptor.of(queue.name(), this.registry, this.node);
    }

    private Map<String, TaskQueue> declaredQueues() {
        this.registry.refresh();
        return this.registry.queues().stream().collect(Collectors.toMap(TaskQueue::name, queue -> queue));
    }

    /**
     * The queues.
     *
     * @param queues each queue by its name, ordered by name
     */
    public record TaskQueuesDescriptor(Map<String, TaskQueueDescriptor> queues) {}
}
