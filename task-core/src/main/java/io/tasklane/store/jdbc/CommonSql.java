package io.tasklane.store.jdbc;

import io.tasklane.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL that is the same in all databases: names, queues, workers, statistics, and what is found by id. For the templates see
 * {@link TaskSqlDialect}.
 */
abstract class CommonSql {

    // Single values and not EXISTS: PostgreSQL joins those, or reads a table as a whole that it takes for small.
    // And IS NOT TRUE, so that it does not go through all holds that have not ended.
    static final String END_HOLDS = """
             SET ended = true
            WHERE h.%s IN ({ids}) AND h.ended IS NOT TRUE
                AND ((SELECT f.state FROM {p}finished f WHERE f.task_id = h.task_id) IS NOT NULL
                    OR (SELECT d.needs_key FROM {p}due d WHERE d.task_id = h.task_id) = true
                    OR (SELECT t.id FROM {p}task t WHERE t.id = h.task_id) IS NULL)""";

    static final String NEED_KEY = """
             SET needs_key = true
            WHERE d.task_id IN ({ids}) AND (SELECT t.key_until FROM {p}task t WHERE t.id = d.task_id) > 1""";

    /** An expression: whether tasks of the queue {@code q} may be claimed. */
    static final String OPEN =
            "(NOT q.paused OR q.paused_until <= {now}) AND (q.rate_limit IS NULL OR q.rate_limit > 0)";

    /** An expression: whether no limit of the queue {@code q} has to be kept that all nodes share. */
    static final String UNLIMITED = "(q.max_running IS NULL AND q.rate_limit IS NULL)";

    // ---- names

    String selectKinds() {
        return "SELECT id, name FROM {p}kind";
    }

    String insertKind() {
        return "INSERT INTO {p}kind (name) VALUES (?)";
    }

    // ---- queues

    /** And how many tasks have a rate limit, for which no node should have to send a statement of its own. */
    String selectQueues() {
        return """
                SELECT q.*, {now} AS now_at,
                    (SELECT COUNT(*) FROM {p}kind_rate k WHERE k.rate_limit IS NOT NULL) AS kind_rates
                FROM {p}queue q WHERE NOT q.deleted""";
    }

    /** Of deleted ones too. */
    String selectQueueNames() {
        return "SELECT id, name FROM {p}queue";
    }

    /** Deleted or not. */
    String selectQueue() {
        return "SELECT q.*, {now} AS now_at FROM {p}queue q WHERE q.name_lower = ?";
    }

    String lockQueue() {
        return selectQueue() + " FOR UPDATE";
    }

    String insertQueue() {
        List<String> settings = QueueColumns.names();
        return "INSERT INTO {p}queue (name, name_lower, paused, %s) VALUES (?, ?, ?%s)"
                .formatted(String.join(", ", settings), ", ?".repeat(settings.size()));
    }

    String updateQueue() {
        return "UPDATE {p}queue SET deleted = ?, paused = ?, paused_until = ?, %s = ? WHERE id = ?"
                .formatted(String.join(" = ?, ", QueueColumns.names()));
    }

    /** In one order, so that two transactions never wait for each other. */
    String lockLimits() {
        return """
                SELECT id, name, max_running, rate_limit, rate_interval_ms, rate_burst FROM {p}queue
                WHERE id IN ({ids}) ORDER BY id FOR UPDATE""";
    }

    /** How many tasks of a limited queue run. */
    String countRunning() {
        return "SELECT COUNT(*) AS running FROM {p}running WHERE queue_id = ?";
    }

    /** The tokens of queues with a rate limit, whose rows in the table queue are locked. */
    String selectBuckets() {
        return """
                SELECT q.id, b.tokens, b.filled_at, {now} AS now_at
                FROM {p}queue q LEFT JOIN {p}bucket b ON b.queue_id = q.id WHERE q.id IN ({ids})""";
    }

    String updateBucket() {
        return "UPDATE {p}bucket SET tokens = ?, filled_at = ? WHERE queue_id = ?";
    }

    String insertBucket() {
        return "INSERT INTO {p}bucket (tokens, filled_at, queue_id) VALUES (?, ?, ?)";
    }

    String countTasksOfQueue() {
        return """
                SELECT (SELECT COUNT(*) FROM {p}ready WHERE queue_id = q.id)
                        + (SELECT COUNT(*) FROM {p}due WHERE queue_id = q.id)
                        + (SELECT COUNT(*) FROM {p}blocked WHERE queue_id = q.id) AS waiting,
                    (SELECT COUNT(*) FROM {p}running WHERE queue_id = q.id) AS running,
                    CASE WHEN EXISTS (SELECT 1 FROM {p}finished WHERE queue_id = q.id) THEN 1 ELSE 0 END AS any_ended
                FROM {p}queue q WHERE q.id = ?""";
    }

    String selectDueOfQueue() {
        return "SELECT task_id FROM {p}due WHERE queue_id = ? ORDER BY queue_id, run_at, task_id LIMIT ?";
    }

    String lockDueTasks() {
        return "SELECT * FROM {p}due WHERE task_id IN ({ids}) ORDER BY task_id FOR UPDATE SKIP LOCKED";
    }

    String selectBlockedOfQueue() {
        return "SELECT task_id FROM {p}blocked WHERE queue_id = ? ORDER BY queue_id, task_id LIMIT ?";
    }

    String forgetQueueSources() {
        return "DELETE FROM {p}queue_source WHERE queue_id = ?";
    }

    String selectQueueSources() {
        return """
                SELECT application, hash, number, superseded_at FROM {p}queue_source
                WHERE queue_id = ? ORDER BY number""";
    }

    String supersedeQueueSources() {
        return """
                UPDATE {p}queue_source SET superseded_at = {now}
                WHERE queue_id = ? AND application = ? AND superseded_at IS NULL""";
    }

    String renewQueueSource() {
        return """
                UPDATE {p}queue_source SET number = ?, applied_at = {now}, superseded_at = NULL
                WHERE queue_id = ? AND application = ? AND hash = ?""";
    }

    String insertQueueSource() {
        return """
                INSERT INTO {p}queue_source (queue_id, application, hash, number, applied_at)
                VALUES (?, ?, ?, ?, {now})""";
    }

    /** Looks only into the tables that have tasks in these states; ready gives the columns their types. State codes: those of {@link TaskCodes}. */
    String statistics(Set<TaskState> states) {
        List<String> counts =
                new ArrayList<>(List.of("""
                    SELECT queue_id, 12 AS state, COUNT(*) AS tasks, MIN(ready_at) AS oldest_at
                    FROM {p}ready WHERE %s GROUP BY queue_id""".formatted(states.contains(TaskState.QUEUED) ? "1 = 1" : "1 = 0")));
        if (states.contains(TaskState.RUNNING)) {
            counts.add("SELECT queue_id, 13, COUNT(*), NULL FROM {p}running GROUP BY queue_id");
        }
        if (states.contains(TaskState.SCHEDULED)) {
            counts.add("SELECT queue_id, 11, COUNT(*), NULL FROM {p}due GROUP BY queue_id");
        }
        if (states.contains(TaskState.BLOCKED)) {
            counts.add("SELECT queue_id, 14, COUNT(*), NULL FROM {p}blocked GROUP BY queue_id");
        }
        if (states.stream().anyMatch(TaskState::isFinished)) {
            counts.add("SELECT queue_id, state, COUNT(*), NULL FROM {p}finished GROUP BY queue_id, state");
        }
        return """
                SELECT q.name, s.state, s.tasks, s.oldest_at, {now} AS now_at
                FROM {p}queue q LEFT JOIN (%s) s ON s.queue_id = q.id
                WHERE NOT q.deleted""".formatted(String.join(" UNION ALL ", counts));
    }

    String selectConsumedQueues() {
        return "SELECT queues FROM {p}worker WHERE dead_at IS NULL";
    }

    // ---- rate limits of tasks

    String selectKindRates() {
        return "SELECT k.*, {now} AS now_at FROM {p}kind_rate k WHERE k.rate_limit IS NOT NULL";
    }

    /** In the order of the kinds, so that nobody waits for somebody who waits for him. */
    String lockKindRates() {
        return "SELECT * FROM {p}kind_rate WHERE kind_id IN ({ids}) ORDER BY kind_id FOR UPDATE";
    }

    String updateKindTokens() {
        return "UPDATE {p}kind_rate SET tokens = ?, filled_at = ? WHERE kind_id = ?";
    }

    String updateKindRate() {
        return "UPDATE {p}kind_rate SET rate_limit = ?, rate_interval_ms = ?, rate_burst = ? WHERE kind_id = ?";
    }

    String insertKindRate() {
        return """
                INSERT INTO {p}kind_rate (rate_limit, rate_interval_ms, rate_burst, kind_id, tokens, filled_at)
                VALUES (?, ?, ?, ?, ?, ?)""";
    }

    String selectKindRateSources() {
        return "SELECT kind_id, applied FROM {p}kind_rate_source WHERE application = ?";
    }

    String updateKindRateSource() {
        return "UPDATE {p}kind_rate_source SET applied = ? WHERE kind_id = ? AND application = ?";
    }

    String insertKindRateSource() {
        return "INSERT INTO {p}kind_rate_source (applied, kind_id, application) VALUES (?, ?, ?)";
    }

    // ---- workers

    String insertWorker() {
        return """
                INSERT INTO {p}worker (application, host, pid, tags, containers, queues, concurrency, running, started_at,
                    heartbeat_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, {now}, {now})""";
    }

    String heartbeat() {
        return """
                UPDATE {p}worker SET application = ?, host = ?, pid = ?, tags = ?, containers = ?, queues = ?,
                    concurrency = ?, running = ?, heartbeat_at = {now}
                WHERE id = ? AND dead_at IS NULL""";
    }

    String selectStopped() {
        return "SELECT stopped_queues, stopped_containers FROM {p}worker WHERE id = ? AND dead_at IS NULL";
    }

    String lockStopped() {
        return selectStopped() + " FOR UPDATE";
    }

    String updateStopped() {
        return "UPDATE {p}worker SET stopped_queues = ?, stopped_containers = ? WHERE id = ?";
    }

    String deleteWorker() {
        return "DELETE FROM {p}worker WHERE id = ?";
    }

    String selectWorkers() {
        return "SELECT * FROM {p}worker WHERE dead_at IS NULL OR dead_at > ? ORDER BY id";
    }
    /** All that recovery has to know while nobody dies, in one statement. */
    String lookForDeath() {
        return """
                SELECT {now} AS now_at, MIN(CASE WHEN dead_at IS NULL THEN heartbeat_at END) AS oldest_beat,
                    MIN(dead_at) AS oldest_death, (
                        SELECT COUNT(*) FROM (SELECT DISTINCT worker_id FROM {p}running) r
                        WHERE NOT EXISTS (SELECT 1 FROM {p}worker l WHERE l.id = r.worker_id AND l.dead_at IS NULL)
                    ) AS orphaned,
                    COUNT(CASE WHEN dead_at IS NULL AND (stopped_queues <> '' OR stopped_containers <> '') THEN 1 END)
                        AS stops
                FROM {p}worker""";
    }

    String lockSilentWorkers() {
        return "SELECT id FROM {p}worker WHERE dead_at IS NULL AND heartbeat_at < ? ORDER BY id FOR UPDATE SKIP LOCKED";
    }

    String buryWorkers() {
        return "UPDATE {p}worker SET dead_at = {now} WHERE id IN ({ids})";
    }

    String forgetWorkers() {
        return "DELETE FROM {p}worker WHERE dead_at < ?";
    }

    String selectWorkersOfRunning() {
        return "SELECT DISTINCT worker_id FROM {p}running";
    }

    String selectLivingWorkers() {
        return "SELECT id FROM {p}worker WHERE dead_at IS NULL";
    }

    String selectLeases() {
        return "SELECT task_id, token, cancelled_at FROM {p}running WHERE worker_id = ?";
    }

    // ---- by id

    String selectState() {
        return """
                SELECT CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
                    WHEN d.task_id IS NOT NULL THEN 11 WHEN b.task_id IS NOT NULL THEN 14 ELSE 12 END AS state,
                    t.queue_id, t.priority, d.run_at
                FROM {p}task t
                LEFT JOIN {p}finished f ON f.task_id = t.id
                LEFT JOIN {p}running r ON r.task_id = t.id
                LEFT JOIN {p}due d ON d.task_id = t.id
                LEFT JOIN {p}blocked b ON b.task_id = t.id
                WHERE t.id = ?""";
    }

    /**
     * A task that is in none of the other tables is in {@code ready}, which has no index by task; what it has used up stands in
     * its last attempt.
     */
    String selectTask() {
        return """
                SELECT t.id, t.priority, t.retries, t.created_at, t.payload, t.version, k.name AS kind_name, q.name AS queue_name,
                    CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
                        WHEN d.task_id IS NOT NULL THEN 11 WHEN b.task_id IS NOT NULL THEN 14 ELSE 12 END AS state,
                    COALESCE(f.retries_used, r.retries_used, d.retries_used, b.retries_used, l.retries_used, 0) AS retries_used,
                    COALESCE(f.recoveries, r.recoveries, d.recoveries, b.recoveries, l.recoveries, 0) AS recoveries,
                    d.run_at, COALESCE(f.worker_id, r.worker_id) AS worker_id, r.claimed_at, r.cancelled_at,
                    f.started_at, f.finished_at,
                    f.result, e.error_class, e.error_message, e.error_stack
                FROM {p}task t
                JOIN {p}kind k ON k.id = t.kind_id
                JOIN {p}queue q ON q.id = t.queue_id
                LEFT JOIN {p}finished f ON f.task_id = t.id
                LEFT JOIN {p}running r ON r.task_id = t.id
                LEFT JOIN {p}due d ON d.task_id = t.id
                LEFT JOIN {p}blocked b ON b.task_id = t.id
                LEFT JOIN {p}attempt l ON l.task_id = t.id
                    AND l.number = (SELECT MAX(number) FROM {p}attempt WHERE task_id = t.id)
                LEFT JOIN {p}attempt e ON e.task_id = t.id AND e.number =
                    (SELECT MAX(number) FROM {p}attempt WHERE task_id = t.id AND error_class IS NOT NULL)
                WHERE t.id = ?""";
    }

    String selectAttempts() {
        return "SELECT * FROM {p}attempt WHERE task_id = ? ORDER BY number";
    }

    // ---- changing a single task

    String findReady() {
        return "SELECT seq FROM {p}ready WHERE queue_id = ? AND band = ? AND task_id = ?";
    }

    /** One whose priority was raised while it waited. */
    String findRaisedReady() {
        return "SELECT band, seq FROM {p}ready WHERE queue_id = ? AND band < ? AND task_id = ?";
    }

    String lockReadyAt() {
        return """
                SELECT kind_id, retries_used, recoveries FROM {p}ready
                WHERE queue_id = ? AND band = ? AND seq = ? AND task_id = ? FOR UPDATE""";
    }

    String lockDueAt() {
        return """
                SELECT queue_id, band, kind_id, retries_used, recoveries FROM {p}due
                WHERE run_at = ? AND task_id = ? FOR UPDATE""";
    }

    String lockFinishedTask() {
        return "SELECT state, kind_id, retries_used, recoveries FROM {p}finished WHERE task_id = ? FOR UPDATE";
    }

    String cancelRunning() {
        return "UPDATE {p}running SET cancelled_at = {now} WHERE task_id = ?";
    }

    /** What a task has used up is read from its last attempt while it is in {@code ready}. */
    String forgetUsed() {
        return "UPDATE {p}attempt SET retries_used = 0, recoveries = 0 WHERE task_id = ? AND number = ?";
    }

    // ---- changing many tasks

    /** The most urgent band of a queue that is less urgent than another one. */
    String selectNextBand() {
        return "SELECT MIN(band) AS band FROM {p}ready WHERE queue_id = ? AND band > ?";
    }

    /** Those that are still there, and that nobody else holds. */
    String lockReadyPlaces() {
        return """
                SELECT * FROM {p}ready WHERE queue_id = ? AND band = ? AND seq IN ({ids})
                ORDER BY seq FOR UPDATE SKIP LOCKED""";
    }

    String updateDue(String column) {
        return "UPDATE {p}due SET %s = ? WHERE task_id IN ({ids})".formatted(column);
    }

    /** Queue and priority of a task are where its single row is looked for, too. */
    String updateTasks(String column) {
        return "UPDATE {p}task SET %s = ? WHERE id IN ({ids})".formatted(column);
    }

    String countRequeues() {
        return "UPDATE {p}task SET requeues = requeues + 1 WHERE id IN ({ids})";
    }

    String cancelAllRunning() {
        return "UPDATE {p}running SET cancelled_at = {now} WHERE task_id IN ({ids})";
    }

    String forgetAllUsed() {
        return "UPDATE {p}attempt SET retries_used = 0, recoveries = 0 WHERE number = ? AND task_id IN ({ids})";
    }

    // ---- audit

    String insertAudit() {
        return "INSERT INTO {p}audit (done_at, actor, action, queue, detail, tasks) VALUES ({now}, ?, ?, ?, ?, ?)";
    }

    String countAudited() {
        return "UPDATE {p}audit SET tasks = tasks + ? WHERE id = ?";
    }

    String finishAudit() {
        return "UPDATE {p}audit SET detail = ? WHERE id = ?";
    }

    String selectAudit() {
        return "SELECT * FROM {p}audit ORDER BY id DESC LIMIT ?";
    }

    String selectOldAudit() {
        return "SELECT id FROM {p}audit WHERE done_at < ? ORDER BY done_at, id LIMIT ?";
    }

    String deleteAudit() {
        return "DELETE FROM {p}audit WHERE id IN ({ids})";
    }

    // ---- keys

    /** One at a time looks which keys have room, so that the order within a key holds. */
    String lockKeys() {
        return selectKeysLock() + " FOR UPDATE";
    }

    String tryLockKeys() {
        return selectKeysLock() + " FOR UPDATE SKIP LOCKED";
    }

    private static String selectKeysLock() {
        return "SELECT id FROM {p}key_lock WHERE id = 1";
    }

    String selectEndedHolds() {
        return "SELECT id, task_id, concurrency_key FROM {p}key_hold WHERE ended = true ORDER BY ended, id LIMIT ?";
    }

    String selectFreshBlocked() {
        return "SELECT * FROM {p}blocked WHERE waiting = false ORDER BY waiting, seq LIMIT ?";
    }

    String selectWaitingForKey() {
        return """
                SELECT * FROM {p}blocked WHERE concurrency_key = ? AND waiting = true
                ORDER BY concurrency_key, waiting, seq LIMIT ?""";
    }

    String countHolds() {
        return """
                SELECT concurrency_key, COUNT(*) AS holds FROM {p}key_hold
                WHERE concurrency_key IN ({ids}) AND ended = false GROUP BY concurrency_key""";
    }

    String lockBlocked() {
        return "SELECT * FROM {p}blocked WHERE task_id IN ({ids}) ORDER BY task_id FOR UPDATE SKIP LOCKED";
    }

    String lockBlockedTask() {
        return "SELECT * FROM {p}blocked WHERE task_id = ? FOR UPDATE";
    }

    String markWaiting() {
        return "UPDATE {p}blocked SET waiting = true WHERE task_id IN ({ids})";
    }

    String updateBlocked(String column) {
        return "UPDATE {p}blocked SET %s = ? WHERE task_id IN ({ids})".formatted(column);
    }

    String deleteBlocked() {
        return "DELETE FROM {p}blocked WHERE task_id IN ({ids})";
    }

    String deleteHolds() {
        return "DELETE FROM {p}key_hold WHERE id IN ({ids})";
    }

    String insertHolds() {
        return "INSERT INTO {p}key_hold (task_id, concurrency_key, ended)";
    }

    /** Ends the holds of those of these tasks that no longer stand anywhere where a key is held. */
    String endHolds() {
        return "UPDATE {p}key_hold AS h" + END_HOLDS.formatted("task_id");
    }

    /** The same for these holds, and not for others that their tasks may have got meanwhile. */
    String endHoldsById() {
        return "UPDATE {p}key_hold AS h" + END_HOLDS.formatted("id");
    }

    /** Ends the holds of all of these tasks. */
    String passOnHolds() {
        return "UPDATE {p}key_hold AS h SET ended = true WHERE h.task_id IN ({ids}) AND h.ended IS NOT TRUE";
    }

    /** Of those that wait for a retry, and let others pass meanwhile. */
    String needKeyWhenDue() {
        return "UPDATE {p}due AS d" + NEED_KEY;
    }

    String selectKeys() {
        return "SELECT id, concurrency_key, key_limit FROM {p}task WHERE id IN ({ids}) AND concurrency_key IS NOT NULL";
    }

    String selectHoldsFrom() {
        return "SELECT id FROM {p}key_hold WHERE id > ? ORDER BY id LIMIT ?";
    }

    /** Tasks that wait, each with whether there is anything that ends their wait. */
    String selectWaitingFrom() {
        return """
                SELECT b.task_id, b.concurrency_key, CASE WHEN EXISTS (
                        SELECT 1 FROM {p}key_hold h WHERE h.concurrency_key = b.concurrency_key)
                    THEN 1 ELSE 0 END AS is_held
                FROM {p}blocked b WHERE b.task_id > ? AND b.waiting = true ORDER BY b.task_id LIMIT ?""";
    }

    // ---- maintenance

    /** An expression: the current time of the store and so many microseconds. */
    abstract String timeAfterMicros();

    /** Nobody else holds it: its holder is alive only while its row says so. */
    String leaseMaintenance() {
        return """
                UPDATE {p}maintenance SET worker_id = ?, held_until = %s
                WHERE name = 'maintenance'
                    AND (worker_id IS NULL OR worker_id = ? OR held_until <= {now}
                        OR worker_id NOT IN (SELECT id FROM {p}worker WHERE dead_at IS NULL))
                    AND EXISTS (SELECT 1 FROM {p}worker w WHERE w.id = ? AND w.dead_at IS NULL)""".formatted(timeAfterMicros());
    }

    /**
     * When the oldest task of each queue and state has ended: one look into the index for each of them, however many there are.
     * The whole order is named, because not every database sees that its first columns are fixed.
     */
    String selectOldestFinished(Collection<Integer> states) {
        return """
                SELECT q.id AS queue_id, s.state, {now} AS now_at, (
                    SELECT f.finished_at FROM {p}finished f WHERE f.queue_id = q.id AND f.state = s.state
                    ORDER BY f.queue_id, f.state, f.finished_at, f.task_id LIMIT 1) AS oldest_at
                FROM {p}queue q CROSS JOIN (%s) s""".formatted(states.stream()
                .map(state -> "SELECT " + state + " AS state")
                .collect(Collectors.joining(" UNION ALL ")));
    }

    String selectFinishedBetween() {
        return """
                SELECT task_id, finished_at FROM {p}finished
                WHERE queue_id = ? AND state = ? AND finished_at >= ? AND finished_at < ?
                ORDER BY queue_id, state, finished_at, task_id LIMIT ?""";
    }

    String lockFinished() {
        return """
                SELECT task_id, state, finished_at, kind_id FROM {p}finished WHERE task_id IN ({ids})
                ORDER BY task_id FOR UPDATE SKIP LOCKED""";
    }

    String deleteFinished() {
        return "DELETE FROM {p}finished WHERE task_id IN ({ids})";
    }

    String deleteAttempts() {
        return "DELETE FROM {p}attempt WHERE task_id IN ({ids})";
    }

    String deleteTasks() {
        return "DELETE FROM {p}task WHERE id IN ({ids})";
    }

    // ---- aging

    String selectReadyOfBand() {
        return """
                SELECT r.*, t.priority FROM (
                    SELECT * FROM {p}ready WHERE queue_id = ? AND band = ? AND seq > ?
                    ORDER BY queue_id, band, seq LIMIT ?) r
                JOIN {p}task t ON t.id = r.task_id ORDER BY r.seq""";
    }

    // ---- looking for work

    /** Queue 0 is the row with the next due time, queue -1 is there if keys are to be looked at. */
    String probe() {
        return """
                SELECT 0 AS queue_id, MIN(run_at) AS next_at, {now} AS now_at FROM {p}due
                UNION ALL SELECT -1, NULL, {now} FROM {p}key_lock
                WHERE EXISTS (SELECT 1 FROM {p}blocked b WHERE b.waiting = false)
                    OR EXISTS (SELECT 1 FROM {p}key_hold h WHERE h.ended = true)
                UNION ALL SELECT q.id, NULL, {now} FROM {p}queue q
                WHERE q.id IN ({ids}) AND %s AND EXISTS (
                    SELECT 1 FROM {p}ready r WHERE r.queue_id = q.id AND r.kind_id NOT IN ({ids}))""".formatted(OPEN);
    }
}
