package io.tasklane.store.jdbc;

import io.tasklane.TaskState;
import io.tasklane.store.TaskSetChange.Action;
import io.tasklane.store.TaskSetChange.Cancel;
import io.tasklane.store.TaskSetChange.Delete;
import io.tasklane.store.TaskSetChange.Promote;
import io.tasklane.store.TaskSetChange.Reprioritise;
import io.tasklane.store.TaskSetChange.Requeue;
import io.tasklane.store.TaskSetChange.Reroute;
import io.tasklane.store.jdbc.TaskSetSearch.Found;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes a page of tasks that were found in one state: locks those that are still there, as everybody locks who looks for tasks,
 * and moves them in a few statements. Within the transaction of its session.
 */
final class TaskSetMoves {

    private final SqlSession session;

    private final TaskSqlDialect sql;

    private final TaskSetScope scope;

    /** Queue into which tasks are put; the queue itself unless they are put into another one. */
    private final int target;

    private final Set<Long> workers = new TreeSet<>();

    TaskSetMoves(SqlSession session, TaskSetScope scope, int target) {
        this.session = session;
        this.sql = session.dialect();
        this.scope = scope;
        this.target = target;
    }

    /** Workers that run tasks which were cancelled. */
    Set<Long> workers() {
        return this.workers;
    }

    /** Changes the tasks, and returns how many. */
    int apply(TaskState state, List<Found> page) throws SQLException {
        return switch (state) {
            case QUEUED -> changeReady(page);
            case SCHEDULED -> changeDue(page);
            case BLOCKED -> changeBlocked(page);
            case RUNNING -> cancelRunning(page);
            default -> changeFinished(state, page);
        };
    }

    private int changeReady(List<Found> page) throws SQLException {
        int band = (int) page.get(0).first();
        List<Place> places = this.session.list(
                this.sql.lockReadyPlaces(),
                row -> Place.read(row, row.number("seq"), row.time("ready_at"), false),
                this.scope.queueId(),
                band,
                page.stream().map(Found::second).toList());
        if (places.isEmpty()) {
            return 0;
        }
        this.session.update(
                this.sql.deleteReady(),
                this.scope.queueId(),
                band,
                places.stream().map(Place::seq).toList());
        Action action = this.scope.change().action();
        if (action instanceof Delete) {
            deleteTasks(ids(places));
        } else if (action instanceof Cancel) {
            finish(places);
        } else {
            insertReady(places);
            updateTasks(action, ids(places));
        }
        return places.size();
    }

    private int changeDue(List<Found> page) throws SQLException {
        Action action = this.scope.change().action();
        Instant now = this.session.now();
        List<Place> places = this.session
                .list(
                        this.sql.lockDueTasks(),
                        row -> Place.read(row, 0, now, row.flag("needs_key")),
                        page.stream().map(Found::id).toList())
                .stream()
                .filter(place -> place.queueId() == this.scope.queueId())
                .toList();
        if (places.isEmpty()) {
            return 0;
        }
        List<Long> ids = ids(places);
        if (changeInPlace(this.sql::updateDue, ids)) {
            return ids.size();
        }
        this.session.update(this.sql.deleteDue(), ids);
        if (action instanceof Delete) {
            deleteTasks(ids);
        } else if (action instanceof Promote) {
            insertReady(places);
        } else {
            finish(places);
        }
        return ids.size();
    }

    private int changeBlocked(List<Found> page) throws SQLException {
        Instant now = this.session.now();
        Map<Long, String> keys = new HashMap<>();
        List<Place> places = new ArrayList<>();
        this.session.list(
                this.sql.lockBlocked(),
                row -> {
                    Place place = Place.read(row, row.number("seq"), now, false);
                    boolean here = place.queueId() == this.scope.queueId();
                    if (here) {
                        keys.put(place.id(), row.text("concurrency_key"));
                        places.add(place);
                    }
                    return here;
                },
                page.stream().map(Found::id).toList());
        if (places.isEmpty()) {
            return 0;
        }
        List<Long> ids = ids(places);
        if (changeInPlace(this.sql::updateBlocked, ids)) {
            return ids.size();
        }
        this.session.update(this.sql.deleteBlocked(), ids);
        // Who waits behind one of them may have a limit for which there is room.
        new KeyHolds(this.session).lookAgain(keys);
        if (this.scope.change().action() instanceof Delete) {
            deleteTasks(ids);
        } else {
            finish(places);
        }
        return ids.size();
    }

    /** Gives tasks another queue or priority where they wait for something else than a worker; false if that is not the change. */
    private boolean changeInPlace(UnaryOperator<String> update, List<Long> ids) throws SQLException {
        Action action = this.scope.change().action();
        if (action instanceof Reroute) {
            this.session.update(update.apply("queue_id"), this.target, ids);
        } else if (action instanceof Reprioritise reprioritise) {
            this.session.update(update.apply("band"), -reprioritise.priority(), ids);
        } else {
            return false;
        }
        updateTasks(action, ids);
        return true;
    }

    private int cancelRunning(List<Found> page) throws SQLException {
        List<Long> cancelled = new ArrayList<>();
        this.session.list(
                this.sql.lockRunning(),
                row -> {
                    boolean here =
                            row.integer("queue_id") == this.scope.queueId() && row.timeOrNull("cancelled_at") == null;
                    if (here) {
                        this.workers.add(row.number("worker_id"));
                        cancelled.add(row.number("task_id"));
                    }
                    return here;
                },
                page.stream().map(Found::id).toList());
        return cancelled.isEmpty() ? 0 : this.session.update(this.sql.cancelAllRunning(), cancelled);
    }

    private int changeFinished(TaskState state, List<Found> page) throws SQLException {
        Map<Long, Integer> priorities = page.stream().collect(Collectors.toMap(Found::id, Found::priority));
        Instant now = this.session.now();
        List<Place> places = new ArrayList<>();
        this.session.list(
                this.sql.lockFinished(),
                row -> {
                    long id = row.number("task_id");
                    // It may have been run once more meanwhile.
                    boolean same = row.integer("state") == TaskCodes.finished(state)
                            && !row.time("finished_at").isAfter(this.scope.since());
                    return same
                            && places.add(new Place(
                                    id,
                                    this.scope.queueId(),
                                    -priorities.getOrDefault(id, 0),
                                    row.integer("kind_id"),
                                    0,
                                    0,
                                    0,
                                    now,
                                    null,
                                    true));
                },
                priorities.keySet());
        if (places.isEmpty()) {
            return 0;
        }
        List<Long> ids = ids(places);
        this.session.update(this.sql.deleteFinished(), ids);
        if (this.scope.change().action() instanceof Requeue) {
            forgetUsed(ids);
            this.session.update(this.sql.countRequeues(), ids);
            insertReady(places);
        } else {
            deleteTasks(ids);
        }
        return ids.size();
    }

    // By the number of the last attempt, which many that have failed share.
    private void forgetUsed(List<Long> ids) throws SQLException {
        Map<Integer, List<Long>> byNumber = new TreeMap<>();
        StepwiseCompletion.lastAttempts(this.session, ids)
                .forEach((id, number) -> byNumber.computeIfAbsent(number, unused -> new ArrayList<>())
                        .add(id));
        for (Map.Entry<Integer, List<Long>> attempts : byNumber.entrySet()) {
            this.session.update(this.sql.forgetAllUsed(), attempts.getKey(), attempts.getValue());
        }
    }

    private void deleteTasks(List<Long> ids) throws SQLException {
        this.session.update(this.sql.deleteAttempts(), ids);
        this.session.update(this.sql.deleteTasks(), ids);
        new KeyHolds(this.session).end(ids);
    }

    private void updateTasks(Action action, List<Long> ids) throws SQLException {
        if (action instanceof Reroute) {
            this.session.update(this.sql.updateTasks("queue_id"), this.target, ids);
        } else if (action instanceof Reprioritise reprioritise) {
            this.session.update(this.sql.updateTasks("priority"), reprioritise.priority(), ids);
        }
    }

    private void finish(List<Place> places) throws SQLException {
        Instant now = this.session.now();
        this.session.insertAll(
                this.sql.insertFinished(),
                places.stream().map(place -> place.cancelled(now)).toList());
        new KeyHolds(this.session).end(ids(places));
    }

    private void insertReady(List<Place> places) throws SQLException {
        Integer band =
                this.scope.change().action() instanceof Reprioritise reprioritise ? -reprioritise.priority() : null;
        Map<Long, KeyHolds.Waiting> needKey = new LinkedHashMap<>();
        places.stream().filter(Place::mayNeedKey).forEach(place -> needKey.put(place.id(), place.waiting()));
        Set<Long> blocked = new KeyHolds(this.session).block(needKey);
        this.session.insertAll(
                this.sql.insertReady(),
                places.stream()
                        .filter(place -> !blocked.contains(place.id()))
                        .map(place -> place.ready(this.target, band))
                        .toList());
    }

    private static List<Long> ids(List<Place> places) {
        return places.stream().map(Place::id).toList();
    }

    /** A locked task. At the back it is no suspect any more: its next death counts by itself. */
    private record Place(
            long id,
            int queueId,
            int band,
            int kindId,
            int retriesUsed,
            int recoveries,
            long seq,
            Instant readyAt,
            @Nullable Instant unreadableSince,
            boolean mayNeedKey) {

        static Place read(SqlRow row, long seq, Instant readyAt, boolean mayNeedKey) throws SQLException {
            return new Place(
                    row.number("task_id"),
                    row.integer("queue_id"),
                    row.integer("band"),
                    row.integer("kind_id"),
                    row.integer("retries_used"),
                    row.integer("recoveries"),
                    seq,
                    readyAt,
                    row.timeOrNull("unreadable_since"),
                    mayNeedKey);
        }

        KeyHolds.Waiting waiting() {
            return new KeyHolds.Waiting(
                    this.queueId, this.band, this.kindId, this.retriesUsed, this.recoveries, this.unreadableSince);
        }

        @Nullable
        Object[] ready(int queue, @Nullable Integer newBand) {
            return new @Nullable Object[] {
                queue,
                newBand != null ? newBand : this.band,
                this.id,
                this.kindId,
                this.retriesUsed,
                this.recoveries,
                this.readyAt,
                this.unreadableSince
            };
        }

        @Nullable
        Object[] cancelled(Instant now) {
            return new @Nullable Object[] {
                this.id,
                this.queueId,
                this.kindId,
                TaskCodes.CANCELLED,
                this.retriesUsed,
                this.recoveries,
                null,
                null,
                now,
                null
            };
        }
    }
}
