package io.tasklane.store.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which configuration entries applications have applied to one queue, whose row is locked. */
final class QueueSources {

    private final SqlSession session;

    private final int queue;

    private final List<Source> sources;

    QueueSources(SqlSession session, int queue) throws SQLException {
        this.session = session;
        this.queue = queue;
        this.sources = session.list(
                session.dialect().selectQueueSources(),
                row -> new Source(
                        row.text("application"),
                        row.text("hash"),
                        row.integer("number"),
                        row.timeOrNull("superseded_at")),
                queue);
    }

    /** Whether the application's last entry is this one. */
    boolean isLast(String application, String hash) {
        return this.sources.stream().anyMatch(source -> source.is(application, hash) && source.supersededAt() == null);
    }

    /** Whether the application replaced this entry after the given time. */
    boolean isSuperseded(String application, String hash, Instant since) {
        return this.sources.stream()
                .anyMatch(source -> source.is(application, hash)
                        && source.supersededAt() != null
                        && source.supersededAt().isAfter(since));
    }

    /** The application whose entry was applied last, if it is another one with another entry. */
    @Nullable
    String otherApplication(String application, String hash) {
        if (this.sources.isEmpty()) {
            return null;
        }
        Source last = this.sources.get(this.sources.size() - 1);
        return last.application().equals(application) || last.hash().equals(hash) ? null : last.application();
    }

    /** Writes that this entry is now the application's last, and the queue's. */
    void apply(String application, String hash) throws SQLException {
        TaskSqlDialect sql = this.session.dialect();
        int number = this.sources.isEmpty()
                ? 1
                : this.sources.get(this.sources.size() - 1).number() + 1;
        this.session.update(sql.supersedeQueueSources(), this.queue, application);
        if (this.session.update(sql.renewQueueSource(), number, this.queue, application, hash) == 0) {
            this.session.update(sql.insertQueueSource(), this.queue, application, hash, number);
        }
    }

    private record Source(
            String application,
            String hash,
            int number,
            @Nullable Instant supersededAt) {

        boolean is(String otherApplication, String otherHash) {
            return this.application.equals(otherApplication) && this.hash.equals(otherHash);
        }
    }
}
