package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestTables;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A completion looks up each of its tasks in the index once, also when PostgreSQL has learnt its statistics from a table that was
 * almost empty: the plan made then is kept.
 */
@Timeout(60)
class PostgreSqlCompletionPlanTests {

    private static final Pattern PLACE = Pattern.compile("\\?");

    static final List<String> STATEMENTS = List.of(
            PostgreSqlStatements.SUCCEED_AT_ONCE,
            PostgreSqlStatements.END_ATTEMPTS_AT_ONCE,
            PostgreSqlStatements.CANCEL_AT_ONCE);

    @ParameterizedTest
    @FieldSource("STATEMENTS")
    void a_completionProbesTheIndexForItsTasksWhateverTheStatisticsSay(String statement) {
        try (TestDatabase database = TestDatabase.postgresql()) {
            TestTables.create(database.dataSource());
            for (int running : List.of(0, 10)) {
                String plan = plan(database, statement, running);
                assertThat(plan)
                        .as("with %d running tasks", running)
                        .contains("Index Scan using tasklane_running_pkey")
                        .containsPattern("Index Cond: \\(task_id = ANY \\(\\$\\d+\\)\\)")
                        .doesNotContain("Nested Loop", "Seq Scan");
            }
        }
    }

    private static String plan(TestDatabase database, String statement, int running) {
        DataSourceTransactionManager manager = new DataSourceTransactionManager(database.dataSource());
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        return new TransactionTemplate(manager).execute(transaction -> {
            transaction.setRollbackOnly();
            jdbc.update(
                    "insert into tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,"
                            + " recoveries, ready_at, claimed_at, suspect, ahead)"
                            + " select g, 1, 1, 1, 0, g, 1, 0, 0, now(), now(), false, false from generate_series(1, ?) g",
                    running);
            jdbc.execute("analyze tasklane_running");
            String sql = new PostgreSqlDialect(JdbcStoreSettings.DEFAULT).sql(statement);
            int settings = sql.indexOf(";\n");
            jdbc.execute(sql.substring(0, settings));
            jdbc.execute("prepare completion as " + numbered(sql.substring(settings + 2)));
            String nulls = PLACE.matcher(sql).results().map(place -> "null").collect(Collectors.joining(", "));
            String plan =
                    String.join("\n", jdbc.queryForList("explain execute completion(" + nulls + ")", String.class));
            jdbc.execute("deallocate completion");
            return plan;
        });
    }

    private static String numbered(String sql) {
        int[] number = {0};
        return PLACE.matcher(sql).replaceAll(place -> "\\$" + ++number[0]);
    }
}
