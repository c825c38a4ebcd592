package io.tasklane.queue;

import io.tasklane.QueueOperations;
import io.tasklane.QueueSpec;
import io.tasklane.QueueStats;
import io.tasklane.QueueTaskOperations;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskCriteria;
import io.tasklane.TaskDetails;
import io.tasklane.TaskId;
import io.tasklane.TaskListing;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueues;
import io.tasklane.TaskState;
import io.tasklane.store.AuditStore.Entry;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPage;
import io.tasklane.store.TaskPageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Operates one queue. */
final class DefaultQueueOperations implements QueueOperations {

    private final String name;

    private final TaskQueues queues;

    private final QueueTaskStores stores;

    private final QueueTasks tasks;

    DefaultQueueOperations(String name, TaskQueues queues, QueueTaskStores stores) {
        this.name = QueueSpec.requireValidName(name);
        this.queues = queues;
        this.stores = stores;
        this.tasks = reporting(count -> {});
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public TaskQueue pause() {
        return this.queues.pause(this.name);
    }

    @Override
    public TaskQueue pause(Duration duration) {
        return this.queues.pause(this.name, duration);
    }

    @Override
    public TaskQueue pause(Instant until) {
        return this.queues.pause(this.name, until);
    }

    @Override
    public TaskQueue resume() {
        return this.queues.resume(this.name);
    }

    @Override
    public QueueStats stats() {
        this.queues.get(this.name);
        return new QueueStats(this.stores.queues().statistics().stream()
                .filter(statistics -> statistics.queue().equals(this.name))
                .findFirst()
                .map(QueueStatistics::tasks)
                .orElse(Map.of()));
    }

    @Override
    public TaskListing list(TaskState state, @Nullable String after, int size) {
        this.queues.get(this.name);
        TaskPage page = this.stores
                .search()
                .get()
                .find(new TaskFilter(this.name, Set.of(state), null, null), new TaskPageRequest(after, size));
        return new TaskListing(
                page.tasks().stream().map(task -> task.details(List.of())).toList(), page.next());
    }

    @Override
    public TaskListing listDue(int size) {
        long due = dryRun().promoteDue();
        if (due == 0) {
            return new TaskListing(List.of(), null);
        }
        List<TaskDetails> first = list(TaskState.SCHEDULED, null, size).tasks();
        return new TaskListing(first.subList(0, (int) Math.min(due, first.size())), null);
    }

    @Override
    public boolean removeScheduled(TaskId id) {
        this.queues.get(this.name);
        Entry audit = this.stores.audit().entry("tasks.remove-scheduled", this.name, "task " + id, 1);
        return this.stores.sets().deleteScheduled(this.name, id, audit);
    }

    @Override
    public void obliterate(boolean force) {
        if (!force) {
            this.queues.delete(this.name, RemainingTasks.DELETE);
            return;
        }
        if (this.name.equals(QueueSpec.DEFAULT)) {
            throw new IllegalArgumentException(
                    "The queue 'default' cannot be deleted: tasks that name no queue go there; drain(true) empties it");
        }
        pause();
        cancel(TaskCriteria.ALL.in(TaskState.RUNNING));
        long deleted = this.stores.queues().purge(this.name);
        this.stores.audit().queue("tasks.obliterate", this.name, null, deleted);
        this.queues.delete(this.name, RemainingTasks.KEEP);
    }

    @Override
    public QueueTaskOperations dryRun() {
        return new QueueTasks(this.name, this.queues, this.stores.sets()::count);
    }

    @Override
    public QueueTasks reporting(LongConsumer progress) {
        return new QueueTasks(
                this.name,
                this.queues,
                new TaskSetRun(
                        this.stores.sets(), this.stores.listener(), new TaskSetAudit(this.stores.audit()), progress));
    }

    @Override
    public long clean(TaskState state, Instant olderThan) {
        return this.tasks.clean(state, olderThan);
    }

    @Override
    public long clean(TaskState state, Duration age) {
        return this.tasks.clean(state, age);
    }

    @Override
    public long requeueFailed(int maxRequeues, TaskCriteria which) {
        return this.tasks.requeueFailed(maxRequeues, which);
    }

    @Override
    public long cancel(TaskCriteria which) {
        return this.tasks.cancel(which);
    }

    @Override
    public long reroute(TaskCriteria which, String queue) {
        return this.tasks.reroute(which, queue);
    }

    @Override
    public long reprioritise(TaskCriteria which, int priority) {
        return this.tasks.reprioritise(which, priority);
    }

    @Override
    public long promoteDue() {
        return this.tasks.promoteDue();
    }

    @Override
    public long drain(boolean scheduled) {
        return this.tasks.drain(scheduled);
    }
}
