package io.tasklane.store;

import io.tasklane.TaskError;
import io.tasklane.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One task of a {@link ModelStore}: everything that may be asked of it, in one place. */
final class ModelTask {

    final NewTask task;

    final Instant createdAt;

    final List<StoredAttempt> attempts = new ArrayList<>();

    TaskState state = TaskState.QUEUED;

    int retriesUsed;

    int recoveries;

    @Nullable
    Instant unreadableSince;

    /** Place in its queue and priority, given up only for a new one. */
    long place;

    Instant readyAt;

    boolean suspect;

    @Nullable
    Instant runAt;

    /** Whether it holds its key. */
    boolean holds;

    @Nullable
    TaskLease lease;

    @Nullable
    Instant claimedAt;

    boolean ahead;

    @Nullable
    Instant cancelledAt;

    /** Its body may start only once, and does. */
    boolean started;

    @Nullable
    Long endedBy;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant finishedAt;

    @Nullable
    String result;

    ModelTask(NewTask task, Instant createdAt) {
        this.task = task;
        this.createdAt = createdAt;
        this.readyAt = createdAt;
    }

    void queued(long newPlace, Instant now) {
        this.state = TaskState.QUEUED;
        this.place = newPlace;
        this.readyAt = now;
        this.runAt = null;
        this.lease = null;
        this.suspect = false;
    }

    /** Waits for its key; its place is one among those that do. */
    void blocked(long newPlace) {
        this.state = TaskState.BLOCKED;
        this.place = newPlace;
        this.runAt = null;
        this.lease = null;
        this.suspect = false;
        this.holds = false;
    }

    boolean needsKey() {
        return this.task.key() != null && !this.holds;
    }

    void backInPlace() {
        this.state = TaskState.QUEUED;
        this.lease = null;
    }

    void scheduled(Instant at) {
        this.state = TaskState.SCHEDULED;
        this.runAt = at;
        this.holds = this.holds && this.task.key().hold() == TaskKey.Hold.UNTIL_ENDED;
        this.lease = null;
        this.suspect = false;
    }

    void running(TaskLease newLease, Instant now, boolean claimedAhead) {
        this.state = TaskState.RUNNING;
        this.holds = this.holds && this.task.key().hold() != TaskKey.Hold.UNTIL_CLAIMED;
        this.lease = newLease;
        this.claimedAt = now;
        this.ahead = claimedAhead;
        this.started = false;
        this.cancelledAt = null;
    }

    void ended(TaskState end, @Nullable Instant started, Instant finished, @Nullable String text) {
        this.endedBy = this.lease != null ? this.lease.worker() : null;
        this.state = end;
        this.holds = false;
        this.lease = null;
        this.startedAt = started;
        this.finishedAt = finished;
        this.result = text;
    }

    void attempted(
            StoredAttempt.Outcome outcome, @Nullable Instant started, Instant finished, @Nullable TaskError error) {
        this.attempts.add(new StoredAttempt(this.attempts.size() + 1, outcome, worker(), started, finished, error));
    }

    boolean isHeldBy(TaskLease other) {
        return this.state == TaskState.RUNNING && other.equals(this.lease);
    }

    long worker() {
        if (this.lease == null) {
            throw new AssertionError("Nobody holds " + this.task);
        }
        return this.lease.worker();
    }

    LeasedTask leased(TaskLease newLease, Instant now) {
        return new LeasedTask(
                newLease,
                this.task.task(),
                this.task.queue(),
                this.task.priority(),
                this.place,
                this.task.retries(),
                this.retriesUsed,
                this.recoveries,
                this.task.payload(),
                this.task.version(),
                this.task.headers(),
                this.readyAt,
                now,
                this.unreadableSince,
                this.suspect,
                this.task.key() != null);
    }

    StoredTask stored() {
        boolean runs = this.state == TaskState.RUNNING;
        boolean ended = this.state.isFinished();
        return new StoredTask(
                this.task.id(),
                this.task.task(),
                this.task.queue(),
                this.state,
                this.task.priority(),
                this.task.retries(),
                this.retriesUsed,
                this.recoveries,
                this.task.payload(),
                this.task.version(),
                this.createdAt,
                this.state == TaskState.SCHEDULED ? this.runAt : null,
                runs ? Long.valueOf(worker()) : ended ? this.endedBy : null,
                runs ? this.claimedAt : null,
                runs ? this.cancelledAt : null,
                ended ? this.startedAt : null,
                ended ? this.finishedAt : null,
                ended ? this.result : null,
                error());
    }

    long deaths() {
        return this.attempts.stream()
                .filter(attempt -> attempt.outcome() == StoredAttempt.Outcome.LOST && attempt.startedAt() != null)
                .count();
    }

    private @Nullable TaskError error() {
        TaskError last = null;
        for (StoredAttempt attempt : this.attempts) {
            last = attempt.error() != null ? attempt.error() : last;
        }
        return last;
    }
}
