package io.tasklane.store.frozen;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.orm.HibernateTaskSearch;
import io.tasklane.store.orm.TaskPersistenceUnit;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.test.MutableInstantSource;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Freezes what the store sends now, for {@link FrozenStatementsTests}: done once for each release, see CONTRIBUTING.md. */
@EnabledIfSystemProperty(named = "tasklane.freeze", matches = "\\w+")
class FreezeTests {

    private static final List<String> TABLES = List.of(
            "queue ORDER BY id",
            "kind ORDER BY id",
            "task ORDER BY id",
            "ready ORDER BY queue_id, band, seq",
            "running ORDER BY task_id",
            "due ORDER BY task_id",
            "finished ORDER BY task_id",
            "attempt ORDER BY task_id, number",
            "worker ORDER BY id",
            "maintenance ORDER BY name",
            "tasks ORDER BY id",
            "attempts ORDER BY task_id, number");

    @ParameterizedTest
    @EnumSource
    void freeze(TestDatabaseProduct product) throws Exception {
        try (TestDatabase database = TestDatabase.create(product)) {
            TestTables.create(database.dataSource());
            StatementRecorder recorder = new StatementRecorder(database.dataSource());
            MutableInstantSource clock = new MutableInstantSource();
            try (JdbcTaskStore store = new JdbcTaskStore(recorder, JdbcStoreSettings.DEFAULT.withClock(clock));
                    TaskPersistenceUnit unit = new TaskPersistenceUnit(recorder, TablePrefix.DEFAULT)) {
                new NodeOperations(store, new HibernateTaskSearch(unit), clock, recorder::remark).perform();
            }
            recorder.remark("what is in the tables and views in the end");
            for (String table : TABLES) {
                assertThat(rows(recorder, "SELECT * FROM " + TablePrefix.DEFAULT + table))
                        .as(table)
                        .isPositive();
            }
            Path file = Path.of(
                    "src/test/resources/frozen",
                    System.getProperty("tasklane.freeze"),
                    product.name().toLowerCase(Locale.ROOT) + ".sql");
            Files.createDirectories(file.getParent());
            Files.writeString(file, recorder.script().stripLeading());
        }
    }

    private static int rows(StatementRecorder recorder, String sql) throws SQLException {
        try (Connection connection = recorder.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }
}
