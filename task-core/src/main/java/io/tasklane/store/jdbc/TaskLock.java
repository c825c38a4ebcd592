package io.tasklane.store.jdbc;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;

/**
 * Locks one task where it stands. It is looked for without a lock and then locked by its primary key, as all others lock: a row
 * that is looked for with a lock by anything else locks rows beside it, and takes its locks in another order. Whoever moved it in
 * between is followed.
 */
final class TaskLock {

    private static final int LOOKS = 10;

    private final SqlSession session;

    private final TaskSqlDialect sql;

    TaskLock(SqlSession session) {
        this.session = session;
        this.sql = session.dialect();
    }

    /**
     * Returns the locked task, null if there is none.
     *
     * @throws CannotAcquireLockException if it is never where it seems to be
     */
    @Nullable
    LockedTask lock(TaskId id) throws SQLException {
        for (int look = 0; look < LOOKS; look++) {
            Place place = find(id).orElse(null);
            if (place == null) {
                return null;
            }
            LockedTask locked = lock(place);
            if (locked != null) {
                return locked;
            }
        }
        throw new CannotAcquireLockException(
                ("Tasklane: task %s is no longer where this transaction sees it. One that has read at REPEATABLE READ sees what"
                                + " was then: try again in a new transaction")
                        .formatted(id));
    }

    private Optional<Place> find(TaskId id) throws SQLException {
        return this.session.one(
                this.sql.selectState(),
                row -> new Place(
                        id.value(),
                        TaskCodes.state(row.integer("state")),
                        row.integer("queue_id"),
                        -row.integer("priority"),
                        0,
                        row.timeOrNull("run_at")),
                id.value());
    }

    private @Nullable LockedTask lock(Place place) throws SQLException {
        return switch (place.state()) {
            case QUEUED -> lockReady(place);
            case RUNNING -> lockRunning(place);
            case SCHEDULED -> lockDue(place);
            case BLOCKED -> lockBlocked(place);
            default -> lockFinished(place);
        };
    }

    // Without an index by task, which each insert and each claim would pay for.
    private @Nullable LockedTask lockReady(Place place) throws SQLException {
        Place there = this.session
                .one(
                        this.sql.findReady(),
                        row -> place.at(place.band(), row.number("seq")),
                        place.queueId(),
                        place.band(),
                        place.id())
                .orElse(null);
        if (there == null) {
            there = this.session
                    .one(
                            this.sql.findRaisedReady(),
                            row -> place.at(row.integer("band"), row.number("seq")),
                            place.queueId(),
                            place.band(),
                            place.id())
                    .orElse(null);
        }
        return there == null ? null : lockReadyAt(there);
    }

    private @Nullable LockedTask lockReadyAt(Place place) throws SQLException {
        return first(
                this.sql.lockReadyAt(),
                row -> place.locked(row, place.seq(), null, 0, null),
                place.queueId(),
                place.band(),
                place.seq(),
                place.id());
    }

    private @Nullable LockedTask lockRunning(Place place) throws SQLException {
        return first(
                this.sql.lockRunning(),
                row -> place.locked(row, 0, null, row.number("worker_id"), row.timeOrNull("cancelled_at")),
                List.of(place.id()));
    }

    private @Nullable LockedTask lockDue(Place place) throws SQLException {
        return first(
                this.sql.lockDueAt(), row -> place.in(row).locked(row, 0, null, 0, null), place.runAt(), place.id());
    }

    private @Nullable LockedTask lockBlocked(Place place) throws SQLException {
        return first(
                this.sql.lockBlockedTask(),
                row -> place.in(row).locked(row, 0, row.text("concurrency_key"), 0, null),
                place.id());
    }

    private @Nullable LockedTask lockFinished(Place place) throws SQLException {
        return first(
                this.sql.lockFinishedTask(),
                row -> new Place(
                                place.id(),
                                TaskCodes.state(row.integer("state")),
                                place.queueId(),
                                place.band(),
                                0,
                                null)
                        .locked(row, 0, null, 0, null),
                place.id());
    }

    private @Nullable LockedTask first(
            String template, SqlSession.RowReader<LockedTask> reader, @Nullable Object... values) throws SQLException {
        return this.session.one(template, reader, values).orElse(null);
    }

    /** Where a task seems to be. */
    private record Place(
            long id,
            TaskState state,
            int queueId,
            int band,
            long seq,
            @Nullable Instant runAt) {

        Place at(int newBand, long newSeq) {
            return new Place(this.id, this.state, this.queueId, newBand, newSeq, this.runAt);
        }

        /** In the queue and with the priority that the locked row has: the key by which it was found says nothing of them. */
        Place in(SqlRow row) throws SQLException {
            return new Place(this.id, this.state, row.integer("queue_id"), row.integer("band"), this.seq, this.runAt);
        }

        LockedTask locked(SqlRow row, long lockedSeq, @Nullable String key, long worker, @Nullable Instant cancelledAt)
                throws SQLException {
            return new LockedTask(
                    this.id,
                    this.state,
                    this.queueId,
                    this.band,
                    row.integer("kind_id"),
                    row.integer("retries_used"),
                    row.integer("recoveries"),
                    lockedSeq,
                    key,
                    worker,
                    cancelledAt);
        }
    }
}
