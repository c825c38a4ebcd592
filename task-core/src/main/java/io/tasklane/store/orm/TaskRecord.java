package io.tasklane.store.orm;

import io.tasklane.TaskState;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * A task in any state, for a host's own queries: one row of the view {@code tasklane_tasks}. Read-only. Its attributes are
 * those of the view: {@code id, task, queue, state, priority, retries, retriesUsed, recoveries, createdAt, runAt, readyAt,
 * workerId, claimedAt, startedAt, finishedAt, result, headers, payload, version}.
 *
 * @see TaskRecordRepository
 * @since 0.1.0
 */
@Entity
@Immutable
@Table(name = "tasks")
@SuppressWarnings("NullAway.Init")
public class TaskRecord {

    @Id
    private Long id;

    private String task;

    private String queue;

    @Enumerated(EnumType.STRING)
    private TaskState state;

    private int priority;

    private int retries;

    private long maxAttempts;

    private int retriesUsed;

    private int recoveries;

    private Instant createdAt;

    private @Nullable Instant runAt;

    private @Nullable Instant readyAt;

    private @Nullable Long workerId;

    private @Nullable Instant claimedAt;

    private @Nullable Instant startedAt;

    private @Nullable Instant finishedAt;

    private @Nullable String result;

    private @Nullable String headers;

    private String payload;

    private int version;

    /** For Hibernate. */
    protected TaskRecord() {}

    /** Id of the task. */
    public Long getId() {
        return this.id;
    }

    /** Name of the task. */
    public String getTask() {
        return this.task;
    }

    /** Queue in which it is. */
    public String getQueue() {
        return this.queue;
    }

    /** Where it is in its life. */
    public TaskState getState() {
        return this.state;
    }

    /** Priority inside its queue, higher first. */
    public int getPriority() {
        return this.priority;
    }

    /** How often it may be tried again. */
    public int getRetries() {
        return this.retries;
    }

    /** How often it may be tried at all: 1 plus its retries. */
    public long getMaxAttempts() {
        return this.maxAttempts;
    }

    /** How often it was tried again. */
    public int getRetriesUsed() {
        return this.retriesUsed;
    }

    /** How often its worker died. */
    public int getRecoveries() {
        return this.recoveries;
    }

    /** When it was inserted. */
    public Instant getCreatedAt() {
        return this.createdAt;
    }

    /** When it becomes due; only in SCHEDULED. */
    public @Nullable Instant getRunAt() {
        return this.runAt;
    }

    /** Since when it could be claimed; only in QUEUED and RUNNING. */
    public @Nullable Instant getReadyAt() {
        return this.readyAt;
    }

    /** Id of the worker that runs or ran it last; only in RUNNING and the end states. */
    public @Nullable Long getWorkerId() {
        return this.workerId;
    }

    /** When it was claimed; only in RUNNING. */
    public @Nullable Instant getClaimedAt() {
        return this.claimedAt;
    }

    /** When its last attempt started; only in the end states. */
    public @Nullable Instant getStartedAt() {
        return this.startedAt;
    }

    /** When it ended; only in the end states. */
    public @Nullable Instant getFinishedAt() {
        return this.finishedAt;
    }

    /** Result as text. */
    public @Nullable String getResult() {
        return this.result;
    }

    /** Trace headers and the like, as text. */
    public @Nullable String getHeaders() {
        return this.headers;
    }

    /** Arguments as text. */
    public String getPayload() {
        return this.payload;
    }

    /** Version of the arguments. */
    public int getVersion() {
        return this.version;
    }

    @Override
    public String toString() {
        return "TaskRecord[%d %s %s in %s]".formatted(this.id, this.task, this.state, this.queue);
    }
}
