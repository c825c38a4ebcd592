package io.tasklane.store.frozen;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.TaskStoreFixture;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.orm.HibernateTaskSearch;
import io.tasklane.store.orm.TaskPersistenceUnit;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.test.MutableInstantSource;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes of an earlier release go on while the newest schema is rolled out, and the newest goes on with what they leave. */
class FrozenStatementsTests {

    private static final String VERSION = "2";

    @ParameterizedTest
    @EnumSource
    void r23_statementsOfTheReleaseBeforeDoTheSameOnTheNewestSchema(TestDatabaseProduct product) throws Exception {
        try (TestDatabase database = migrated(product)) {
            play(product, database);
            try (JdbcTaskStore store = new JdbcTaskStore(
                            database.dataSource(),
                            JdbcStoreSettings.DEFAULT.withClock(
                                    new MutableInstantSource(Instant.parse("2026-01-03T00:00:00Z"))));
                    TaskPersistenceUnit unit = new TaskPersistenceUnit(database.dataSource(), TablePrefix.DEFAULT)) {
                finish(store);
                assertThat(new HibernateTaskSearch(unit)
                                .find(TaskFilter.ANY, TaskPageRequest.first(100))
                                .tasks())
                        .hasSize(13)
                        .allSatisfy(task -> assertThat(
                                        store.find(task.id()).orElseThrow().payload())
                                .isEqualTo("{\"name\":\"O'Brien\"}"));
            }
        }
    }

    private static TestDatabase migrated(TestDatabaseProduct product) {
        TestDatabase database = TestDatabase.create(product);
        TestTables.create(database.dataSource());
        return database;
    }

    private static void play(TestDatabaseProduct product, TestDatabase database) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (FrozenStatement frozen : script(product)) {
                play(frozen, connection, statement);
            }
        }
    }

    private static void play(FrozenStatement frozen, Connection connection, Statement statement) throws SQLException {
        if (frozen.isEnd()) {
            if (frozen.sql().equals("COMMIT")) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return;
        }
        List<String> effect = effect(frozen, statement);
        if (frozen.isOrdered()) {
            assertThat(effect).as(frozen.sql()).containsExactlyElementsOf(frozen.effect());
        } else {
            assertThat(effect).as(frozen.sql()).containsExactlyInAnyOrderElementsOf(frozen.effect());
        }
    }

    // A statement may begin with settings, whose results are counts.
    private static List<String> effect(FrozenStatement frozen, Statement statement) throws SQLException {
        boolean rows = statement.execute(frozen.sql());
        int updated = statement.getUpdateCount();
        while (!rows && statement.getUpdateCount() >= 0) {
            updated = statement.getUpdateCount();
            rows = statement.getMoreResults();
        }
        if (!rows) {
            return List.of("updated " + updated);
        }
        List<String> read = new ArrayList<>();
        try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
                read.add(FrozenRow.like(frozen.effect().get(0), result));
            }
        }
        return read.isEmpty() ? List.of("no rows") : read;
    }

    /** All that waits or runs, and all that the worker of the release before has left. */
    private static void finish(JdbcTaskStore store) {
        TaskStoreFixture fixture = new TaskStoreFixture(store);
        long worker = fixture.join("default", "email", "reports");
        store.resume("reports");
        store.promoteDue(100);
        assertThat(store.recover(Duration.ofSeconds(10), 3).putBack()).isEqualTo(2);
        List<LeasedTask> claimed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            claimed.addAll(fixture.claim(worker, 100, "default", "email", "reports"));
        }
        for (LeasedTask task : claimed) {
            assertThat(fixture.complete(task, new TaskOutcome.Succeeded("\"done\"")))
                    .isEmpty();
            assertThat(store.find(new TaskId(task.lease().task().value()))
                            .orElseThrow()
                            .result())
                    .isEqualTo("\"done\"");
        }
        assertThat(store.statistics())
                .allSatisfy(queue -> assertThat(queue.count(TaskState.SUCCEEDED) + queue.count(TaskState.FAILED))
                        .isEqualTo(total(queue)));
    }

    private static long total(QueueStatistics queue) {
        return queue.tasks().values().stream().mapToLong(Long::longValue).sum();
    }

    private static List<FrozenStatement> script(TestDatabaseProduct product) throws IOException {
        String name = "/frozen/%s/%s.sql".formatted(VERSION, product.name().toLowerCase(Locale.ROOT));
        try (InputStream script = Objects.requireNonNull(FrozenStatementsTests.class.getResourceAsStream(name), name)) {
            return FrozenStatement.parse(new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }
}
