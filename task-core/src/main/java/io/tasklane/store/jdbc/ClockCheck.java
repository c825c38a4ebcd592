package io.tasklane.store.jdbc;

import io.tasklane.store.StoreFinding;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Whether this JVM and the database agree on the time. */
final class ClockCheck implements StoreCheck {

    private final InstantSource clock;

    private final Duration limit;

    ClockCheck(InstantSource clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public List<StoreFinding> look(SqlSession session) throws SQLException {
        Instant asked = this.clock.instant();
        Instant database = session.now();
        Instant answered = this.clock.instant();
        // What lies between question and answer may be the way of either of them.
        Duration ahead = Duration.between(database, asked);
        Duration behind = Duration.between(answered, database);
        if (ahead.compareTo(this.limit) > 0) {
            return List.of(finding(ahead, "ahead of", "late"));
        }
        return behind.compareTo(this.limit) > 0 ? List.of(finding(behind, "behind", "early")) : List.of();
    }

    private static StoreFinding finding(Duration offset, String direction, String effect) {
        String seconds = String.format(Locale.ROOT, "%.1f s", offset.toMillis() / 1000.0);
        return new StoreFinding(
                "clock-offset",
                "the clock of this host",
                ("is %s %s the database's: tasks that this application gives a time (runAt) are due that much too %s by its"
                                + " own clock; delays, retries and recovery are not affected")
                        .formatted(seconds, direction, effect),
                "let this host and the database follow the same time server");
    }
}
