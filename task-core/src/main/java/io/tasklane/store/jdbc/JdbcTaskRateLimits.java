package io.tasklane.store.jdbc;

import io.tasklane.RateLimit;
import io.tasklane.store.TaskRateLimits;
import io.tasklane.store.TokenBucket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** Rate limits of tasks as stored. */
final class JdbcTaskRateLimits implements TaskRateLimits {

    private final OwnTransactions transactions;

    private final InternedNames names;

    private final KindRates rates;

    JdbcTaskRateLimits(OwnTransactions transactions, InternedNames names, KindRates rates) {
        this.transactions = transactions;
        this.names = names;
        this.rates = rates;
    }

    @Override
    public Map<String, RateLimit> rateLimits() {
        return this.transactions.execute("reading the rate limits of tasks", session -> {
            Map<String, RateLimit> limits = new TreeMap<>();
            for (Map.Entry<Integer, KindRates.Rate> rate :
                    this.rates.read(session).entrySet()) {
                limits.put(
                        this.names.kind(session, rate.getKey()), rate.getValue().limit());
            }
            return limits;
        });
    }

    @Override
    public void setRateLimit(String task, @Nullable RateLimit limit) {
        this.names.internKinds(List.of(task));
        onceMoreIfJustCreated(() -> this.transactions.execute("limiting the task " + task, session -> {
            set(session, this.names.kindId(session, task), limit);
            return true;
        }));
    }

    @Override
    public Set<String> applyRateLimits(String application, Collection<DeclaredRateLimit> declared) {
        this.names.internKinds(declared.stream().map(DeclaredRateLimit::task).toList());
        return onceMoreIfJustCreated(() -> this.transactions.execute("applying the rate limits of tasks", session -> {
            Map<Integer, String> last = new HashMap<>();
            session.list(
                    session.dialect().selectKindRateSources(),
                    row -> last.put(row.integer("kind_id"), row.text("applied")),
                    application);
            Set<String> changed = new HashSet<>();
            for (DeclaredRateLimit each : declared) {
                int kind = this.names.kindId(session, each.task());
                if (!each.text().equals(last.getOrDefault(kind, ""))) {
                    remember(session, kind, application, each.text());
                    set(session, kind, each.limit());
                    changed.add(each.task());
                }
            }
            return changed;
        }));
    }

    private static void remember(SqlSession session, int kind, String application, String text) throws SQLException {
        TaskSqlDialect sql = session.dialect();
        if (session.update(sql.updateKindRateSource(), text, kind, application) == 0) {
            session.update(sql.insertKindRateSource(), text, kind, application);
        }
    }

    private void set(SqlSession session, int kind, @Nullable RateLimit limit) throws SQLException {
        TaskSqlDialect sql = session.dialect();
        Integer value = limit != null ? Integer.valueOf(limit.limit()) : null;
        long interval = (limit != null ? limit.interval() : Duration.ofSeconds(1)).toMillis();
        int burst = limit != null ? limit.burst() : 1;
        if (session.update(sql.updateKindRate(), value, interval, burst, kind) == 0) {
            TokenBucket full = TokenBucket.FULL;
            session.update(sql.insertKindRate(), value, interval, burst, kind, full.tokens(), full.filledAt());
        }
        if (limit != null) {
            this.rates.learn(true);
        }
    }

    private static <T> T onceMoreIfJustCreated(OwnTransactions.Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (DuplicateKeyException ex) {
            return attempt.run();
        }
    }
}
