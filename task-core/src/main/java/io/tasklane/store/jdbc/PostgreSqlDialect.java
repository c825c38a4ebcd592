package io.tasklane.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
final class PostgreSqlDialect extends TaskSqlDialect {

    private final TaskMoves moves = new StepwiseMoves();

    PostgreSqlDialect(JdbcStoreSettings settings) {
        super(settings);
    }

    @Override
    String databaseTime() {
        return "statement_timestamp()";
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
}
