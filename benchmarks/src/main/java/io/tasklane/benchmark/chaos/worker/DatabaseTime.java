package io.tasklane.benchmark.chaos.worker;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as the tables of Tasklane keep them: with a zone on PostgreSQL, in UTC without one on MariaDB. */
public final class DatabaseTime {

    private DatabaseTime() {}

    /** Returns a time in microseconds since 1970, 0 for none. */
    public static long micros(ResultSet row, String column) throws SQLException {
        Instant time = instant(row, column);
        return time != null ? ChronoUnit.MICROS.between(Instant.EPOCH, time) : 0;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        boolean postgresql = row.getStatement()
                .getConnection()
                .getMetaData()
                .getDatabaseProductName()
                .equals("PostgreSQL");
        if (postgresql) {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time != null ? time.toInstant() : null;
        }
        LocalDateTime utc = row.getObject(column, LocalDateTime.class);
        return utc != null ? utc.toInstant(ZoneOffset.UTC) : null;
    }
}
