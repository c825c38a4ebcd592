package io.tasklane.store.orm;

import io.tasklane.TaskId;
import io.tasklane.store.StoredTask;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToOne;

/** A row that stands in the table of the state that its task has. */
@MappedSuperclass
@SuppressWarnings("NullAway.Init")
abstract class PlacedTask {

    @Id
    private Long taskId;

    @OneToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "task_id", insertable = false, updatable = false)
    private TaskEntity task;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "queue_id")
    private QueueEntity queue;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "kind_id")
    private KindEntity kind;

    private int retriesUsed;

    private int recoveries;

    TaskId id() {
        return new TaskId(this.taskId);
    }

    TaskEntity task() {
        return this.task;
    }

    String queue() {
        return this.queue.name();
    }

    String kind() {
        return this.kind.name();
    }

    int retriesUsed() {
        return this.retriesUsed;
    }

    int recoveries() {
        return this.recoveries;
    }

    abstract StoredTask stored();
}
