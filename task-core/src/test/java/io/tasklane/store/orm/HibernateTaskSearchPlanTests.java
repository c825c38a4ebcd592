package io.tasklane.store.orm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskState;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPage;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A page costs the same wherever it is and however many tasks there are: PostgreSQL finds it through an index. */
class HibernateTaskSearchPlanTests {

    private static final String PREFIX = "tasklane_";

    private final TestDatabase database = TestDatabase.postgresql();

    private final RecordingDataSource dataSource = new RecordingDataSource(this.database.dataSource());

    private final TaskPersistenceUnit unit = new TaskPersistenceUnit(this.dataSource, PREFIX);

    private final HibernateTaskSearch search = new HibernateTaskSearch(this.unit);

    @BeforeEach
    void fill() {
        new SchemaMigrator(
                        this.database.dataSource(),
                        SchemaMode.MIGRATE,
                        PREFIX,
                        getClass().getClassLoader())
                .afterPropertiesSet();
        TaskRows rows = new TaskRows(this.database, TestDatabaseProduct.POSTGRESQL, PREFIX);
        int email = rows.queue("email");
        int reports = rows.queue("reports");
        int welcome = rows.kind("Mailer.welcome");
        rows.finished(email, welcome, 1, 1, 8_000);
        rows.finished(email, welcome, 2, 8_001, 10_000);
        rows.finished(reports, welcome, 1, 10_001, 12_000);
        rows.queued(email, welcome, 20_001, 28_000);
        new JdbcTemplate(this.database.dataSource()).execute("analyze");
    }

    @AfterEach
    void close() {
        this.unit.close();
        this.database.close();
    }

    @Test
    void aPageOfFinishedTasksIsFoundThroughTheIndex() throws SQLException {
        TaskFilter filter = new TaskFilter("email", Set.of(TaskState.SUCCEEDED), null, null);
        assertPlans(filter, "tasklane_finished_list", "tasklane_finished");
    }

    @Test
    void aPageOfFinishedTasksOfAllQueuesAndStatesIsFoundThroughTheIndex() throws SQLException {
        TaskFilter filter = new TaskFilter(
                null,
                Set.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED, TaskState.EXPIRED),
                null,
                null);
        assertPlans(filter, "tasklane_finished_list", "tasklane_finished");
    }

    @Test
    void aPageOfQueuedTasksIsFoundThroughTheIndex() throws SQLException {
        TaskFilter filter = new TaskFilter("email", Set.of(TaskState.QUEUED), null, null);
        assertPlans(filter, "tasklane_ready_pkey", "tasklane_ready");
    }

    /** The plans of the first page and of one in the middle. */
    private void assertPlans(TaskFilter filter, String index, String table) throws SQLException {
        TaskPage page = this.search.find(filter, TaskPageRequest.first(50));
        assertPlan(index, table);
        for (int i = 0; i < 20; i++) {
            this.dataSource.clear();
            page = this.search.find(filter, new TaskPageRequest(page.next(), 50));
        }
        assertPlan(index, table);
    }

    private void assertPlan(String index, String table) throws SQLException {
        assertThat(this.dataSource.plans(" " + table + " ")).isNotEmpty().allSatisfy(plan -> {
            if (plan.contains("fetch first")) {
                assertThat(plan).contains("using " + index);
                assertThat(plan).containsPattern("Index Cond: .*queue_id.*");
            }
            assertThat(plan).doesNotContain("Seq Scan on " + table + " ");
            assertThat(plan).doesNotContain("Sort");
        });
    }
}
