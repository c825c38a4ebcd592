package io.tasklane.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MySQL and MariaDB. Locking statements name the primary key: on small tables the optimizer would scan all rows, and wait for
 * the locks of others. Times are DATETIME in UTC, never in the zone of the session.
 */
final class MySqlDialect extends TaskSqlDialect {

    private final TaskMoves moves = new StepwiseMoves();

    private final boolean hasBulkProtocol;

    /**
     * Creates it.
     *
     * @param hasBulkProtocol whether server and driver have the protocol of MariaDB for batches of inserts, which spares the
     *     server a statement with a literal for each value of each row; the driver uses it for these unless told not to
     */
    MySqlDialect(JdbcStoreSettings settings, boolean hasBulkProtocol) {
        super(settings);
        this.hasBulkProtocol = hasBulkProtocol;
    }

    @Override
    String databaseTime() {
        return "UTC_TIMESTAMP(6)";
    }

    @Override
    String timeAfterMicros() {
        return "{now} + INTERVAL ? MICROSECOND";
    }

    @Override
    String literal(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return "CAST('%s' AS DATETIME(6))".formatted(utc.toString().replace('T', ' '));
    }

    @Override
    void bindTime(PreparedStatement statement, int index, Instant instant) throws SQLException {
        statement.setObject(index, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    @Override
    @Nullable
    Instant readTime(ResultSet rows, String column) throws SQLException {
        LocalDateTime utc = rows.getObject(column, LocalDateTime.class);
        return utc != null ? utc.toInstant(ZoneOffset.UTC) : null;
    }

    // The counter is not part of the transaction, and the row is gone before it ends.
    @Override
    long nextIdBlock(SqlSession session) throws SQLException {
        long block = session.insertWithId("INSERT INTO {p}id_block VALUES ()");
        session.update("DELETE FROM {p}id_block WHERE id = ?", block);
        return (block - 1) * ID_BLOCK + 1;
    }

    @Override
    boolean insertsManyRowsAtOnce() {
        return !this.hasBulkProtocol;
    }

    @Override
    TaskMoves moves() {
        return this.moves;
    }

    @Override
    String lockReady() {
        return """
                SELECT * FROM {p}ready FORCE INDEX (PRIMARY) WHERE queue_id = ? AND kind_id NOT IN ({ids})
                    AND (? OR NOT suspect)
                ORDER BY queue_id, band, seq LIMIT ? FOR UPDATE SKIP LOCKED""";
    }

    @Override
    String lockLimits() {
        return """
                SELECT id, name, max_running, rate_limit, rate_interval_ms, rate_burst
                FROM {p}queue FORCE INDEX (PRIMARY) WHERE id IN ({ids}) ORDER BY id FOR UPDATE""";
    }

    @Override
    String deleteReady() {
        return """
                DELETE r FROM {p}ready AS r FORCE INDEX (PRIMARY)
                WHERE r.queue_id = ? AND r.band = ? AND r.seq IN ({ids})""";
    }

    @Override
    String lockRunning() {
        return """
                SELECT * FROM {p}running FORCE INDEX (PRIMARY) WHERE task_id IN ({ids}) ORDER BY task_id FOR UPDATE""";
    }

    @Override
    String deleteRunning() {
        return "DELETE r FROM {p}running AS r FORCE INDEX (PRIMARY) WHERE r.task_id IN ({ids})";
    }

    @Override
    String lockDue() {
        return """
                SELECT * FROM {p}due FORCE INDEX (PRIMARY) WHERE run_at <= ?
                ORDER BY run_at, task_id LIMIT ? FOR UPDATE SKIP LOCKED""";
    }

    @Override
    String lockDueAt() {
        return """
                SELECT queue_id, band, kind_id, retries_used, recoveries FROM {p}due FORCE INDEX (PRIMARY)
                WHERE run_at = ? AND task_id = ? FOR UPDATE""";
    }

    @Override
    String deleteDue() {
        return "DELETE d FROM {p}due AS d FORCE INDEX ({p}due_task) WHERE d.task_id IN ({ids})";
    }

    @Override
    String endHolds() {
        return "UPDATE {p}key_hold AS h FORCE INDEX ({p}key_hold_task)" + END_HOLDS.formatted("task_id");
    }

    @Override
    String endHoldsById() {
        return "UPDATE {p}key_hold AS h FORCE INDEX (PRIMARY)" + END_HOLDS.formatted("id");
    }

    @Override
    String passOnHolds() {
        return super.passOnHolds().replace(" AS h ", " AS h FORCE INDEX ({p}key_hold_task) ");
    }

    @Override
    String needKeyWhenDue() {
        return "UPDATE {p}due AS d FORCE INDEX ({p}due_task)" + NEED_KEY;
    }

    @Override
    String lockBlocked() {
        return """
                SELECT * FROM {p}blocked FORCE INDEX (PRIMARY) WHERE task_id IN ({ids})
                ORDER BY task_id FOR UPDATE SKIP LOCKED""";
    }

    @Override
    String markWaiting() {
        return "UPDATE {p}blocked AS b FORCE INDEX (PRIMARY) SET waiting = true WHERE b.task_id IN ({ids})";
    }

    @Override
    String updateBlocked(String column) {
        return "UPDATE {p}blocked FORCE INDEX (PRIMARY) SET %s = ? WHERE task_id IN ({ids})".formatted(column);
    }

    @Override
    String deleteBlocked() {
        return "DELETE b FROM {p}blocked AS b FORCE INDEX (PRIMARY) WHERE b.task_id IN ({ids})";
    }

    @Override
    String deleteHolds() {
        return "DELETE h FROM {p}key_hold AS h FORCE INDEX (PRIMARY) WHERE h.id IN ({ids})";
    }

    @Override
    String lockKindRates() {
        return """
                SELECT * FROM {p}kind_rate FORCE INDEX (PRIMARY) WHERE kind_id IN ({ids}) ORDER BY kind_id FOR UPDATE""";
    }

    @Override
    String lockFinished() {
        return """
                SELECT task_id, state, finished_at, kind_id FROM {p}finished FORCE INDEX (PRIMARY) WHERE task_id IN ({ids})
                ORDER BY task_id FOR UPDATE SKIP LOCKED""";
    }

    @Override
    String deleteFinished() {
        return "DELETE f FROM {p}finished AS f FORCE INDEX (PRIMARY) WHERE f.task_id IN ({ids})";
    }

    @Override
    String lockReadyPlaces() {
        return """
                SELECT * FROM {p}ready FORCE INDEX (PRIMARY) WHERE queue_id = ? AND band = ? AND seq IN ({ids})
                ORDER BY seq FOR UPDATE SKIP LOCKED""";
    }

    @Override
    String lockDueTasks() {
        return """
                SELECT * FROM {p}due FORCE INDEX ({p}due_task) WHERE task_id IN ({ids})
                ORDER BY task_id FOR UPDATE SKIP LOCKED""";
    }

    @Override
    String updateDue(String column) {
        return "UPDATE {p}due FORCE INDEX ({p}due_task) SET %s = ? WHERE task_id IN ({ids})".formatted(column);
    }

    @Override
    String updateTasks(String column) {
        return "UPDATE {p}task FORCE INDEX (PRIMARY) SET %s = ? WHERE id IN ({ids})".formatted(column);
    }

    @Override
    String countRequeues() {
        return "UPDATE {p}task FORCE INDEX (PRIMARY) SET requeues = requeues + 1 WHERE id IN ({ids})";
    }

    @Override
    String cancelAllRunning() {
        return "UPDATE {p}running FORCE INDEX (PRIMARY) SET cancelled_at = {now} WHERE task_id IN ({ids})";
    }

    @Override
    String forgetAllUsed() {
        return """
                UPDATE {p}attempt FORCE INDEX (PRIMARY) SET retries_used = 0, recoveries = 0
                WHERE number = ? AND task_id IN ({ids})""";
    }

    @Override
    String deleteAttempts() {
        return "DELETE a FROM {p}attempt AS a FORCE INDEX (PRIMARY) WHERE a.task_id IN ({ids})";
    }

    @Override
    String deleteTasks() {
        return "DELETE t FROM {p}task AS t FORCE INDEX (PRIMARY) WHERE t.id IN ({ids})";
    }

    @Override
    List<StoreCheck> checks(DoctorSettings settings) {
        return List.of(new MySqlTransactionCheck(settings));
    }

    @Override
    List<ExpectedIndex> expectedIndexes() {
        return ExpectedIndex.commonAnd(
                ExpectedIndex.unique("id_block", "id"),
                ExpectedIndex.plain("ready", "seq"),
                ExpectedIndex.plain("blocked", "seq"));
    }

    @Override
    String selectIndexColumns() {
        return """
                SELECT t.table_name AS table_name, i.index_name AS index_name, i.column_name AS column_name
                FROM information_schema.tables t
                LEFT JOIN information_schema.statistics i
                    ON i.table_schema = t.table_schema AND i.table_name = t.table_name
                WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND LOCATE(?, LOWER(t.table_name)) = 1
                ORDER BY i.index_name, i.seq_in_index""";
    }
}
