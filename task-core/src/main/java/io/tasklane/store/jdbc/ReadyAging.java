package io.tasklane.store.jdbc;

import io.tasklane.store.PriorityAging;
import io.tasklane.store.TaskMaintenance.AgedTasks;
import io.tasklane.store.TaskMaintenance.Place;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Raises tasks of one queue that wait: from band to band, each step within one of them, which the index finds at once. */
final class ReadyAging {

    private final SqlSession session;

    private final int queue;

    private final PriorityAging rule;

    ReadyAging(SqlSession session, int queue, PriorityAging rule) {
        this.session = session;
        this.queue = queue;
        this.rule = rule;
    }

    AgedTasks age(@Nullable Place from, int limit) throws SQLException {
        Place place = from != null ? from : next(-this.rule.max());
        if (place == null) {
            return AgedTasks.NONE;
        }
        int band = -place.priority();
        Instant now = this.session.now();
        List<Waiting> rows = this.session.list(
                this.session.dialect().selectReadyOfBand(),
                row -> waiting(row, now),
                this.queue,
                band,
                place.seq(),
                limit);
        int raised =
                raise(band, rows.stream().filter(row -> row.newBand() < band).toList());
        return new AgedTasks(
                raised,
                rows.size() < limit
                        ? next(band)
                        : new Place(place.priority(), rows.get(rows.size() - 1).seq()));
    }

    private @Nullable Place next(int band) throws SQLException {
        return this.session
                .one(
                        this.session.dialect().selectNextBand(),
                        row -> {
                            Integer next = row.integerOrNull("band");
                            return next != null ? List.of(new Place(-next, 0)) : List.<Place>of();
                        },
                        this.queue,
                        band)
                .flatMap(found -> found.stream().findFirst())
                .orElse(null);
    }

    private int raise(int band, List<Waiting> rows) throws SQLException {
        if (rows.isEmpty()) {
            return 0;
        }
        TaskSqlDialect sql = this.session.dialect();
        List<Long> seqs = rows.stream().map(Waiting::seq).toList();
        Set<Long> locked = new HashSet<>(
                this.session.list(sql.lockReadyPlaces(), row -> row.number("seq"), this.queue, band, seqs));
        List<Waiting> taken =
                rows.stream().filter(row -> locked.contains(row.seq())).toList();
        if (taken.isEmpty()) {
            return 0;
        }
        this.session.update(
                sql.deleteReady(),
                this.queue,
                band,
                taken.stream().map(Waiting::seq).toList());
        this.session.insertAll(
                sql.insertReadyInPlace(), taken.stream().map(Waiting::values).toList());
        List<ReadyPlace> places = new ArrayList<>();
        taken.forEach(row -> places.add(new ReadyPlace(this.queue, row.newBand(), row.seq())));
        sql.placesTaken(this.session, places);
        return taken.size();
    }

    private Waiting waiting(SqlRow row, Instant now) throws SQLException {
        Duration waited = Duration.between(row.time("ready_at"), now);
        int band = -this.rule.priority(row.integer("priority"), waited);
        long seq = row.number("seq");
        return new Waiting(band, seq, new @Nullable Object[] {
            row.integer("queue_id"),
            band,
            seq,
            row.number("task_id"),
            row.integer("kind_id"),
            row.integer("retries_used"),
            row.integer("recoveries"),
            row.time("ready_at"),
            row.timeOrNull("unreadable_since"),
            row.flag("suspect")
        });
    }

    /** A task that waits, and what its row is in the band that it has come to. */
    private record Waiting(int newBand, long seq, @Nullable Object[] values) {}
}
