package io.tasklane.store.memory;

import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.NewTask;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskKey;
import io.tasklane.store.TaskPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One task: what was inserted, the priority that it has come to, what was counted since, and where it is. */
record MemoryTask(
        NewTask task,
        int priority,
        Instant createdAt,
        int requeues,
        int retriesUsed,
        int recoveries,
        @Nullable Instant unreadableSince,
        List<StoredAttempt> attempts,
        MemoryPlace place,
        boolean holdsKey) {

    static MemoryTask inserted(NewTask task, Instant now, MemoryPlace place) {
        return new MemoryTask(task, task.priority(), now, 0, 0, 0, null, List.of(), place, false);
    }

    TaskId id() {
        return this.task.id();
    }

    /** The same task somewhere else, which decides whether it keeps the hold of its key. */
    MemoryTask at(MemoryPlace newPlace) {
        TaskKey.Hold hold = this.task.key() != null ? this.task.key().hold() : TaskKey.Hold.UNTIL_ENDED;
        boolean passedBy = newPlace instanceof MemoryPlace.Due && hold != TaskKey.Hold.UNTIL_ENDED;
        boolean passesOn = newPlace instanceof MemoryPlace.Running && hold == TaskKey.Hold.UNTIL_CLAIMED;
        boolean givesUp = passedBy
                || passesOn
                || newPlace instanceof MemoryPlace.Finished
                || newPlace instanceof MemoryPlace.Blocked;
        return at(newPlace, this.holdsKey && !givesUp);
    }

    /** The same task made claimable, holding its key from now on. */
    MemoryTask released(MemoryPlace newPlace) {
        return at(newPlace, true);
    }

    private MemoryTask at(MemoryPlace newPlace, boolean holds) {
        return new MemoryTask(
                this.task,
                this.priority,
                this.createdAt,
                this.requeues,
                this.retriesUsed,
                this.recoveries,
                this.unreadableSince,
                this.attempts,
                newPlace,
                holds);
    }

    /** The same task in a queue and with a priority; only if that is another one, it loses what it has gained. */
    MemoryTask as(String queue, int newPriority) {
        NewTask moved = new NewTask(
                this.task.id(),
                this.task.task(),
                queue,
                newPriority,
                this.task.retries(),
                this.task.payload(),
                this.task.version(),
                this.task.headers(),
                this.task.delay(),
                this.task.runAt(),
                this.task.key());
        return new MemoryTask(
                moved,
                newPriority == this.task.priority() ? this.priority : newPriority,
                this.createdAt,
                this.requeues,
                this.retriesUsed,
                this.recoveries,
                this.unreadableSince,
                this.attempts,
                this.place,
                this.holdsKey);
    }

    /** The same task with its own priority and no retry or recovery used, requeued once more. */
    MemoryTask requeued() {
        return new MemoryTask(
                this.task,
                this.task.priority(),
                this.createdAt,
                this.requeues + 1,
                0,
                0,
                null,
                this.attempts,
                this.place,
                this.holdsKey);
    }

    MemoryTask withPriority(int newPriority) {
        return new MemoryTask(
                this.task,
                newPriority,
                this.createdAt,
                this.requeues,
                this.retriesUsed,
                this.recoveries,
                this.unreadableSince,
                this.attempts,
                this.place,
                this.holdsKey);
    }

    MemoryTask counted(int newRetriesUsed, int newRecoveries, @Nullable Instant newUnreadableSince) {
        return new MemoryTask(
                this.task,
                this.priority,
                this.createdAt,
                this.requeues,
                newRetriesUsed,
                newRecoveries,
                newUnreadableSince,
                this.attempts,
                this.place,
                this.holdsKey);
    }

    MemoryTask attempted(
            StoredAttempt.Outcome outcome,
            long worker,
            @Nullable Instant startedAt,
            Instant finishedAt,
            @Nullable TaskError error) {
        List<StoredAttempt> all = new ArrayList<>(this.attempts);
        all.add(new StoredAttempt(all.size() + 1, outcome, worker, startedAt, finishedAt, error));
        return new MemoryTask(
                this.task,
                this.priority,
                this.createdAt,
                this.requeues,
                this.retriesUsed,
                this.recoveries,
                this.unreadableSince,
                List.copyOf(all),
                this.place,
                this.holdsKey);
    }

    TaskPosition position() {
        if (this.place instanceof MemoryPlace.Ready ready) {
            return TaskPosition.queued(this.task.queue(), this.priority, ready.seq());
        }
        if (this.place instanceof MemoryPlace.Running running) {
            return TaskPosition.running(running.claimedAt(), id());
        }
        if (this.place instanceof MemoryPlace.Blocked blocked) {
            return TaskPosition.blocked(id(), blocked.seq());
        }
        if (this.place instanceof MemoryPlace.Due due) {
            return TaskPosition.scheduled(due.runAt(), id());
        }
        return TaskPosition.finished(((MemoryPlace.Finished) this.place).finishedAt(), id());
    }

    /** Whether it has to wait until its key has room. */
    boolean needsKey() {
        return this.task.key() != null && !this.holdsKey;
    }

    /** How often its worker has died while it ran. */
    int deaths() {
        return (int) this.attempts.stream()
                .filter(attempt -> attempt.outcome() == StoredAttempt.Outcome.LOST && attempt.startedAt() != null)
                .count();
    }

    /** Error of the last attempt that had one. */
    @Nullable
    TaskError error() {
        for (int i = this.attempts.size() - 1; i >= 0; i--) {
            TaskError error = this.attempts.get(i).error();
            if (error != null) {
                return error;
            }
        }
        return null;
    }

    StoredTask stored(@Nullable TaskError error) {
        MemoryPlace.Running running = this.place instanceof MemoryPlace.Running r ? r : null;
        MemoryPlace.Finished finished = this.place instanceof MemoryPlace.Finished f ? f : null;
        Long worker =
                running != null ? Long.valueOf(running.lease().worker()) : finished != null ? finished.worker() : null;
        return new StoredTask(
                id(),
                this.task.task(),
                this.task.queue(),
                state(),
                this.task.priority(),
                this.task.retries(),
                this.retriesUsed,
                this.recoveries,
                this.task.payload(),
                this.task.version(),
                this.createdAt,
                this.place instanceof MemoryPlace.Due due ? due.runAt() : null,
                worker,
                running != null ? running.claimedAt() : null,
                running != null ? running.cancelledAt() : null,
                finished != null ? finished.startedAt() : null,
                finished != null ? finished.finishedAt() : null,
                finished != null ? finished.result() : null,
                error);
    }

    TaskState state() {
        return this.place.state();
    }
}
