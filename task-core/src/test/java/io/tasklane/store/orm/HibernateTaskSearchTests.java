package io.tasklane.store.orm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPage;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only the search in a database has to show: limits, times and many rows. */
class HibernateTaskSearchTests {

    private static final String PREFIX = "My_tasks_";

    private TestDatabase database;

    private TaskPersistenceUnit unit;

    private TaskRows rows;

    private int email;

    private int welcome;

    private void open(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        new SchemaMigrator(
                        this.database.dataSource(),
                        SchemaMode.MIGRATE,
                        PREFIX,
                        getClass().getClassLoader())
                .afterPropertiesSet();
        this.unit = new TaskPersistenceUnit(this.database.dataSource(), PREFIX);
        this.rows = new TaskRows(this.database, product, PREFIX);
        this.email = this.rows.queue("email");
        this.welcome = this.rows.kind("Mailer.welcome");
    }

    @AfterEach
    void close() {
        if (this.unit != null) {
            this.unit.close();
        }
        this.database.close();
    }

    @ParameterizedTest
    @EnumSource
    void timesAreReadAsTheyWereWrittenWhateverTheTimeZoneOfTheJvm(TestDatabaseProduct product) {
        open(product);
        this.rows.finished(this.email, this.welcome, 1, 1, 1);
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
            StoredTask task = new HibernateTaskSearch(this.unit)
                    .find(TaskFilter.ANY, TaskPageRequest.first(1))
                    .tasks()
                    .get(0);
            assertThat(task.createdAt()).isEqualTo(TaskRows.START.plusSeconds(1));
            assertThat(task.finishedAt()).isEqualTo(TaskRows.START.plusSeconds(1));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfManyRowsAreTheWholeList(TestDatabaseProduct product) {
        open(product);
        this.rows.queued(this.email, this.welcome, 1, 2_000);
        this.rows.finished(this.email, this.welcome, 2, 2_001, 4_000);
        int other = this.rows.queue("other");
        this.rows.finished(other, this.welcome, 1, 4_001, 6_000);
        HibernateTaskSearch search = new HibernateTaskSearch(this.unit);
        TaskFilter filter = new TaskFilter(null, Set.of(TaskState.QUEUED, TaskState.FAILED), null, null);
        LongStream.Builder seen = LongStream.builder();
        String next = null;
        do {
            TaskPage page = search.find(filter, new TaskPageRequest(next, 300));
            page.tasks().forEach(task -> seen.add(task.id().value()));
            next = page.next();
        } while (next != null);
        long[] expected = LongStream.concat(
                        LongStream.rangeClosed(1, 2_000),
                        LongStream.rangeClosed(2_001, 4_000).map(i -> 6_001 - i))
                .toArray();
        assertThat(seen.build().toArray()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aTextSearchLooksAtTheNewestTasksAndSaysSo(TestDatabaseProduct product) {
        open(product);
        this.rows.queued(this.email, this.welcome, 1, 60);
        this.rows.finished(this.email, this.welcome, 2, 61, 120);
        HibernateTaskSearch search = new HibernateTaskSearch(this.unit, 100);
        assertThat(search.find(text("\"20.\""), TaskPageRequest.first(5)).tasks())
                .isEmpty();
        assertThat(search.find(text("\"20.\""), TaskPageRequest.first(5)).limited())
                .isTrue();
        assertThat(search.find(text("\"21.\""), TaskPageRequest.first(5)).tasks())
                .hasSize(1);
        assertThat(search.find(text("number"), TaskPageRequest.first(200)).tasks())
                .hasSize(100);

        TaskPage page = search.find(text("number"), TaskPageRequest.first(99));
        this.rows.finished(this.email, this.welcome, 2, 121, 130);
        TaskPage last = search.find(text("number"), new TaskPageRequest(page.next(), 99));
        assertThat(last.tasks())
                .as("newer tasks do not move the limit of later pages")
                .hasSize(1);
        assertThat(last.limited()).isTrue();

        TaskFilter failed = new TaskFilter("email", Set.of(TaskState.FAILED), "Mailer.welcome", "number");
        assertThat(search.find(failed, TaskPageRequest.first(99)).limited()).isFalse();
    }

    private static TaskFilter text(String text) {
        return new TaskFilter(null, Set.of(), null, text);
    }
}
