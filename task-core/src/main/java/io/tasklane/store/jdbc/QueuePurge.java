package io.tasklane.store.jdbc;

import io.tasklane.store.jdbc.FinishedTasks.Batch;
import io.tasklane.store.jdbc.FinishedTasks.Outdated;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deletes the tasks of a queue, in batches with a transaction each: those that wait, then those that have ended. What runs, or
 * is being claimed, stays.
 */
final class QueuePurge {

    private static final int BATCH = 1_000;

    private static final List<Integer> NO_KIND = List.of(-1);

    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final ClaimLocking locking;

    private final int queue;

    QueuePurge(ClaimLocking locking, int queue) {
        this.locking = locking;
        this.queue = queue;
    }

    /** Deletes them, and returns how many. */
    long run() {
        long total = 0;
        int deleted = batch();
        while (deleted > 0) {
            total += deleted;
            deleted = batch();
        }
        return total;
    }

    private int batch() {
        return this.locking.execute("deleting the tasks of a queue", true, session -> {
            int deleted = deleteReady(session);
            if (deleted == 0) {
                deleted = deleteDue(session);
            }
            if (deleted == 0) {
                deleted = deleteBlocked(session);
            }
            return deleted > 0 ? deleted : deleteFinished(session);
        });
    }

    private int deleteReady(SqlSession session) throws SQLException {
        Map<Integer, List<Long>> seqs = new TreeMap<>();
        List<Long> tasks = session.list(
                session.dialect().lockReady(),
                row -> {
                    seqs.computeIfAbsent(row.integer("band"), band -> new ArrayList<>())
                            .add(row.number("seq"));
                    return row.number("task_id");
                },
                this.queue,
                NO_KIND,
                true,
                BATCH);
        for (Map.Entry<Integer, List<Long>> band : seqs.entrySet()) {
            session.update(session.dialect().deleteReady(), this.queue, band.getKey(), band.getValue());
        }
        return delete(session, tasks);
    }

    // Found without locks, then locked by task, as everybody does who looks for tasks.
    private int deleteDue(SqlSession session) throws SQLException {
        List<Long> found =
                session.list(session.dialect().selectDueOfQueue(), row -> row.number("task_id"), this.queue, BATCH);
        if (found.isEmpty()) {
            return 0;
        }
        List<Long> tasks = session.list(session.dialect().lockDueTasks(), row -> row.number("task_id"), found);
        if (!tasks.isEmpty()) {
            session.update(session.dialect().deleteDue(), tasks);
        }
        return delete(session, tasks);
    }

    private int deleteBlocked(SqlSession session) throws SQLException {
        List<Long> found =
                session.list(session.dialect().selectBlockedOfQueue(), row -> row.number("task_id"), this.queue, BATCH);
        if (found.isEmpty()) {
            return 0;
        }
        List<Long> tasks = session.list(session.dialect().lockBlocked(), row -> row.number("task_id"), found);
        if (tasks.isEmpty()) {
            return 0;
        }
        // Tasks of other queues may wait for the same keys.
        Map<Long, String> keys = new TreeMap<>();
        session.list(
                session.dialect().selectKeys(), row -> keys.put(row.number("id"), row.text("concurrency_key")), tasks);
        session.update(session.dialect().deleteBlocked(), tasks);
        new KeyHolds(session).lookAgain(keys);
        return delete(session, tasks);
    }

    private static int delete(SqlSession session, List<Long> tasks) throws SQLException {
        if (tasks.isEmpty()) {
            return 0;
        }
        session.update(session.dialect().deleteAttempts(), tasks);
        int deleted = session.update(session.dialect().deleteTasks(), tasks);
        new KeyHolds(session).end(tasks);
        return deleted;
    }

    private int deleteFinished(SqlSession session) throws SQLException {
        FinishedTasks finished = new FinishedTasks(session);
        Batch batch = new Batch(BATCH);
        for (int state : TaskCodes.ENDED) {
            if (!batch.isFull()) {
                finished.fill(batch, new Outdated(this.queue, state, EARLIEST, LATEST));
            }
        }
        return finished.delete(batch);
    }
}
