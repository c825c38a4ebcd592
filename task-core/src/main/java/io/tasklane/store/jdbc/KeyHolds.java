package io.tasklane.store.jdbc;

import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks hold their keys. A hold is ended by where its task stands, in the transaction that put it there: nobody counts, and
 * no two tasks of a key ever wait for each other's transaction. What is made of it is up to {@link KeyRelease}.
 */
final class KeyHolds {

    private final SqlSession session;

    KeyHolds(SqlSession session) {
        this.session = session;
    }

    /** After completions were written: ends the holds of those that have ended, or let others pass while they wait. */
    boolean completed(List<TaskCompletion> written, Set<Long> accepted) throws SQLException {
        List<Long> keyed = new ArrayList<>();
        List<Long> waiting = new ArrayList<>();
        for (TaskCompletion completion : written) {
            long task = completion.lease().task().value();
            if (completion.keyed() && accepted.contains(task)) {
                keyed.add(task);
                TaskOutcome outcome = completion.outcome();
                if (outcome instanceof TaskOutcome.Retried || outcome instanceof TaskOutcome.Postponed) {
                    waiting.add(task);
                }
            }
        }
        if (!waiting.isEmpty()) {
            this.session.update(this.session.dialect().needKeyWhenDue(), waiting);
        }
        return end(keyed);
    }

    /** Ends the holds of those of these tasks that have ended, or are gone. Returns whether there were any. */
    boolean end(Collection<Long> tasks) throws SQLException {
        return !tasks.isEmpty() && this.session.update(this.session.dialect().endHolds(), tasks) > 0;
    }

    /** Ends those of these holds whose tasks have ended, or are gone. */
    void mend(Collection<Long> holds) throws SQLException {
        if (!holds.isEmpty()) {
            this.session.update(this.session.dialect().endHoldsById(), holds);
        }
    }

    /** These tasks were claimed, and keep their keys no longer than until then. */
    void passOn(Collection<Long> claimed) throws SQLException {
        this.session.update(this.session.dialect().passOnHolds(), claimed);
    }

    /** Tasks of these keys may have been waited for: their keys are to be looked at, as if they had held them. */
    void lookAgain(Map<Long, String> keys) throws SQLException {
        List<@Nullable Object[]> ended = new ArrayList<>();
        Set<String> noted = new HashSet<>();
        keys.forEach((task, key) -> {
            if (noted.add(key)) {
                ended.add(new @Nullable Object[] {task, key, true});
            }
        });
        this.session.insertAll(this.session.dialect().insertHolds(), ended);
    }

    /** Makes those of these tasks BLOCKED that have a key. Returns their ids. */
    Set<Long> block(Map<Long, Waiting> tasks) throws SQLException {
        if (tasks.isEmpty()) {
            return Set.of();
        }
        Map<Long, @Nullable Object[]> blocked = new HashMap<>();
        this.session.list(
                this.session.dialect().selectKeys(),
                row -> {
                    long id = row.number("id");
                    Waiting task = tasks.get(id);
                    return task != null
                            && blocked.put(id, task.row(id, row.text("concurrency_key"), row.integer("key_limit")))
                                    == null;
                },
                tasks.keySet());
        List<@Nullable Object[]> inOrder = new ArrayList<>();
        for (Long id : tasks.keySet()) {
            @Nullable Object @Nullable [] row = blocked.get(id);
            if (row != null) {
                inOrder.add(row);
            }
        }
        this.session.insertAll(this.session.dialect().insertBlocked(), inOrder);
        return blocked.keySet();
    }

    /** A task that is to wait for its key. */
    record Waiting(
            int queueId,
            int band,
            int kindId,
            int retriesUsed,
            int recoveries,
            @Nullable Instant unreadableSince) {

        private @Nullable Object[] row(long id, String key, int limit) {
            return new @Nullable Object[] {
                id,
                this.queueId,
                this.band,
                this.kindId,
                key,
                limit,
                this.retriesUsed,
                this.recoveries,
                this.unreadableSince
            };
        }
    }
}
