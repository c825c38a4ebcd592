package io.tasklane.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
final class PostgreSqlDialect extends TaskSqlDialect {

    private final TaskMoves moves = new PostgreSqlMoves(new ClaimHints(ClaimHints.SHORTEST_INTERVAL));

    private final @Nullable PostgreSqlNotices notices =
            PostgreSqlNotices.isDriverPresent() ? new PostgreSqlNotices(this) : null;

    PostgreSqlDialect(JdbcStoreSettings settings) {
        super(settings);
    }

    @Override
    String databaseTime() {
        return "statement_timestamp()";
    }

    @Override
    String timeAfterMicros() {
        return "{now} + ? * interval '1 microsecond'";
    }

    @Override
    String literal(Instant instant) {
        return "timestamptz '%s'".formatted(instant);
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
        return session.list("SELECT nextval('{p}id_seq') AS block", row -> row.number("block"))
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
    @Nullable
    PostgreSqlNotices notices() {
        return this.notices;
    }

    @Override
    void placesTaken(SqlSession session, List<ReadyPlace> places) throws SQLException {
        session.list(
                PostgreSqlStatements.LOWER_FLOORS + " RETURNING version",
                row -> row.number("version"),
                PostgreSqlMoves.array("int", places, ReadyPlace::queueId),
                PostgreSqlMoves.array("int", places, ReadyPlace::band),
                PostgreSqlMoves.array("bigint", places, ReadyPlace::seq));
    }

    @Override
    String countRunning() {
        return PostgreSqlStatements.COUNT_RUNNING;
    }

    @Override
    void limitRunning(SqlSession session, int queue) throws SQLException {
        session.update(PostgreSqlStatements.COUNT_FROM_NOW_ON, queue);
    }

    @Override
    String lockKeys() {
        return PostgreSqlStatements.BY_INDEX + super.lockKeys();
    }

    @Override
    String tryLockKeys() {
        return PostgreSqlStatements.BY_INDEX + super.tryLockKeys();
    }

    @Override
    List<BlockedRow> waitingForKeys(SqlSession session, Collection<String> keys, int ofEach) throws SQLException {
        return session.list(
                PostgreSqlStatements.WAITING_FOR_KEYS,
                BlockedRow::read,
                PostgreSqlMoves.array("text", List.copyOf(keys), key -> key),
                ofEach);
    }

    @Override
    List<StoreCheck> checks(DoctorSettings settings) {
        return List.of(new PostgreSqlVacuumCheck(settings));
    }

    @Override
    List<ExpectedIndex> expectedIndexes() {
        return ExpectedIndex.commonAnd(ExpectedIndex.unique("floor", "queue_id", "band"));
    }

    @Override
    String selectIndexColumns() {
        return """
                SELECT t.relname AS table_name, i.relname AS index_name, a.attname AS column_name
                FROM pg_class t
                LEFT JOIN pg_index x ON x.indrelid = t.oid AND x.indisvalid AND x.indpred IS NULL
                LEFT JOIN pg_class i ON i.oid = x.indexrelid
                LEFT JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY k(attnum, position) ON true
                LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
                WHERE t.relkind IN ('r', 'p') AND pg_table_is_visible(t.oid) AND starts_with(lower(t.relname), ?)
                ORDER BY i.relname, k.position""";
    }

    @Override
    String createIndex(String table, boolean unique, String columns) {
        return super.createIndex(table, unique, columns).replace("INDEX", "INDEX CONCURRENTLY");
    }
}
