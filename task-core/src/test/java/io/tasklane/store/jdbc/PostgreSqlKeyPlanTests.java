package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestTables;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What follows a completion of tasks with keys looks up their rows in the indexes too, under the settings of the completion, and
 * whatever PostgreSQL knows of the tables.
 */
@Timeout(60)
class PostgreSqlKeyPlanTests {

    private static final Pattern PLACE = Pattern.compile("\\?");

    private final PostgreSqlDialect dialect = new PostgreSqlDialect(JdbcStoreSettings.DEFAULT);

    @Test
    void n4_holdsAreEndedByTheirTasksWhateverTheStatisticsSay() {
        assertThat(plans(this.dialect.endHolds()))
                .allSatisfy(plan -> assertThat(plan)
                        .contains(
                                "Index Scan using tasklane_key_hold_task",
                                "tasklane_finished_pkey",
                                "tasklane_due_task",
                                "tasklane_task_pkey")
                        .doesNotContain("hashed", "Join", "Seq Scan"));
        assertThat(plans(this.dialect.passOnHolds()))
                .allSatisfy(plan -> assertThat(plan).contains("Index Scan using tasklane_key_hold_task"));
    }

    @Test
    void n4_tasksThatLetOthersPassAreFoundByTheirIdsWhateverTheStatisticsSay() {
        assertThat(plans(this.dialect.needKeyWhenDue()))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("Index Scan using tasklane_due_task", "Index Scan using tasklane_task_pkey")
                        .doesNotContain("Join", "Seq Scan"));
    }

    private List<String> plans(String statement) {
        String sql = this.dialect.sql(statement.replace("{ids}", "?, ?, ?, ?, ?, ?, ?, ?"));
        try (TestDatabase database = TestDatabase.postgresql()) {
            TestTables.create(database.dataSource());
            return List.of(plan(database, sql, 10), plan(database, sql, 20_000));
        }
    }

    private static String plan(TestDatabase database, String sql, int tasks) {
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        return new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())).execute(transaction -> {
            transaction.setRollbackOnly();
            jdbc.update(
                    "insert into tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload, version,"
                            + " concurrency_key, key_limit, key_until)"
                            + " select g, 1, 1, 0, 3, now(), '', '{}', 1, 'k' || g, 1, 2 from generate_series(1, ?) g",
                    tasks);
            jdbc.update("insert into tasklane_due (run_at, task_id, queue_id, band, kind_id)"
                    + " select now(), id, 1, 0, 1 from tasklane_task where id % 2 = 0");
            jdbc.update("insert into tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries,"
                    + " finished_at) select id, 1, 1, 1, 0, 0, now() from tasklane_task where id % 2 = 1");
            jdbc.update("insert into tasklane_key_hold (task_id, concurrency_key)"
                    + " select id, concurrency_key from tasklane_task where id % 10 = 1");
            List.of("task", "due", "finished", "key_hold").forEach(table -> jdbc.execute("analyze tasklane_" + table));
            String settings = PostgreSqlStatements.SUCCEED_AT_ONCE;
            jdbc.execute(settings.substring(0, settings.indexOf(";\n")));
            jdbc.execute("prepare after_completion as " + numbered(sql));
            String nulls = PLACE.matcher(sql).results().map(place -> "null").collect(Collectors.joining(", "));
            String plan = String.join(
                    "\n", jdbc.queryForList("explain execute after_completion(" + nulls + ")", String.class));
            jdbc.execute("deallocate after_completion");
            return plan;
        });
    }

    private static String numbered(String sql) {
        int[] number = {0};
        return PLACE.matcher(sql).replaceAll(place -> "\\$" + ++number[0]);
    }
}
