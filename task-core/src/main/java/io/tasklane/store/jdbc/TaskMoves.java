package io.tasklane.store.jdbc;

import io.tasklane.store.NewTask;
import io.tasklane.store.TaskCompletion;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves tasks from table to table, each method within the transaction of its session. Batches are cut by the caller. */
interface TaskMoves {

    /**
     * Whether each of them is one statement, if it concerns one queue and one kind of outcome, or several of which at most one
     * changes anything: then it needs no transaction round it, and only one round trip to begin, run and commit.
     */
    boolean areStatements();

    /** Inserts tasks: into ready, or into due if they start later, or else into blocked if they have a key. */
    void insert(SqlSession session, List<TaskRow> tasks) throws SQLException;

    /**
     * Moves tasks of one queue from ready to running, unless the queue is paused or the worker dead. A suspect only comes as the
     * first one.
     *
     * @return what was claimed, most urgent first
     */
    List<ClaimedRow> claim(SqlSession session, ClaimCommand command) throws SQLException;

    /**
     * Moves tasks from running to where their outcome sends them, those that were cancelled to finished.
     *
     * @return ids of the tasks whose lease was the current one; the others are untouched
     */
    Set<Long> complete(SqlSession session, List<TaskCompletion> completions) throws SQLException;

    /**
     * Moves one task that has succeeded from running to finished, in a transaction of the host, in which it leaves no trace but
     * that.
     *
     * @return whether its lease was the current one, and it was not cancelled
     */
    boolean succeed(SqlSession session, TaskCompletion completion) throws SQLException;

    /** Moves due tasks to ready, or to blocked if they have to hold a key first. */
    PromotedRows promote(SqlSession session, int limit) throws SQLException;

    /** Moves tasks of dead workers from running back to ready, or to finished if it was once too often or they were cancelled. */
    RecoveredRows recover(SqlSession session, Collection<Long> deadWorkers, int maxRecoveries, int limit)
            throws SQLException;

    /** What a promotion did: the queues of the tasks that are in ready now, and how many are in blocked. */
    record PromotedRows(List<Integer> ready, int blocked) {}

    /** A task to insert, with the ids of its names. */
    record TaskRow(NewTask task, int queueId, int kindId) {

        int band() {
            return -this.task.priority();
        }
    }

    /**
     * What to claim from one queue.
     *
     * @param limited whether the limits that all nodes share are kept: otherwise nothing is claimed from a queue that has some
     * @param kindLimits most tasks of single names, at least 1 of each
     */
    record ClaimCommand(
            int queueId,
            int limit,
            int free,
            long worker,
            long token,
            List<Integer> excludedKinds,
            boolean suspect,
            boolean limited,
            Map<Integer, Integer> kindLimits) {}

    /** A claimed task, with the ids of its names. */
    record ClaimedRow(
            long taskId,
            int queueId,
            int band,
            long seq,
            int kindId,
            int retries,
            int retriesUsed,
            int recoveries,
            @Nullable String payload,
            int version,
            @Nullable String headers,
            Instant readyAt,
            Instant claimedAt,
            @Nullable Instant unreadableSince,
            boolean suspect,
            int keyUntil) {

        boolean keyed() {
            return this.keyUntil > 0;
        }

        boolean passesKeyOn() {
            return this.keyUntil == TaskCodes.UNTIL_CLAIMED;
        }
    }

    /** What a batch of recovery did: the queues of the tasks put back, how many failed, and how many had been cancelled. */
    record RecoveredRows(List<Integer> putBack, int failed, int cancelled) {

        static final RecoveredRows NONE = new RecoveredRows(List.of(), 0, 0);

        int total() {
            return this.putBack.size() + this.failed + this.cancelled;
        }
    }
}
