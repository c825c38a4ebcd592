package io.tasklane.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * H2. It locks every row that a statement looks at before it applies the limit, so that of two workers one would get nothing:
 * they claim one after the other, under a lock of this JVM and, for other JVMs, a row to lock. What they have found they lock by
 * its key, because single tasks are changed beside that lock.
 */
final class H2Dialect extends TaskSqlDialect {

    private final Lock claimLock = new ReentrantLock(true);

    private final TaskMoves moves = new StepwiseMoves();

    H2Dialect(JdbcStoreSettings settings) {
        super(settings);
    }

    @Override
    String databaseTime() {
        return "CURRENT_TIMESTAMP(6)";
    }

    @Override
    String timeAfterMicros() {
        return "DATEADD(MICROSECOND, ?, {now})";
    }

    @Override
    String literal(Instant instant) {
        return "TIMESTAMP WITH TIME ZONE '%s'".formatted(instant.atOffset(ZoneOffset.UTC));
    }

    @Override
    void bindTime(PreparedStatement statement, int index, Instant instant) throws SQLException {
        statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
    }

    @Override
    @Nullable
    Instant readTime(ResultSet rows, String column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time != null ? time.toInstant() : null;
    }

    @Override
    long nextIdBlock(SqlSession session) throws SQLException {
        return session.list("SELECT NEXT VALUE FOR {p}id_seq AS block", row -> row.number("block"))
                .get(0);
    }

    @Override
    boolean insertsManyRowsAtOnce() {
        return false;
    }

    @Override
    TaskMoves moves() {
        return this.moves;
    }

    @Override
    Lock claimLock() {
        return this.claimLock;
    }

    @Override
    void lockClaims(SqlSession session) throws SQLException {
        session.list("SELECT name FROM {p}lock WHERE name = 'claim' FOR UPDATE", row -> row.text("name"));
    }

    @Override
    String lockReady() {
        return """
                SELECT * FROM {p}ready WHERE queue_id = ? AND kind_id NOT IN ({ids}) AND (? OR NOT suspect)
                ORDER BY queue_id, band, seq LIMIT ?""";
    }

    @Override
    String relockReady() {
        return "SELECT seq FROM {p}ready WHERE queue_id = ? AND band = ? AND seq IN ({ids}) FOR UPDATE SKIP LOCKED";
    }

    @Override
    String lockDue() {
        return "SELECT * FROM {p}due WHERE run_at <= ? ORDER BY run_at, task_id LIMIT ?";
    }

    @Override
    String relockDue() {
        return "SELECT task_id FROM {p}due WHERE task_id IN ({ids}) FOR UPDATE SKIP LOCKED";
    }

    /** It would stay on the connection, which is the host's. */
    @Override
    boolean limitsStatements() {
        return false;
    }

    @Override
    List<ExpectedIndex> expectedIndexes() {
        return ExpectedIndex.commonAnd(ExpectedIndex.unique("lock", "name"));
    }

    @Override
    String selectIndexColumns() {
        return """
                SELECT t.table_name AS table_name, i.index_name AS index_name, i.column_name AS column_name
                FROM information_schema.tables t
                LEFT JOIN information_schema.index_columns i
                    ON i.table_schema = t.table_schema AND i.table_name = t.table_name
                WHERE t.table_schema = SCHEMA() AND t.table_type = 'BASE TABLE' AND LOCATE(?, LOWER(t.table_name)) = 1
                ORDER BY i.index_name, i.ordinal_position""";
    }
}
