package io.tasklane.store.frozen;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.orm.HibernateTaskSearch;
import io.tasklane.store.orm.TaskPersistenceUnit;
import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.test.MutableInstantSource;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node of this release starts and works on the tables of a later one, as while that one is rolled out or back. */
class NewerSchemaTests {

    @ParameterizedTest
    @EnumSource
    void r23_aLaterReleaseHasMigratedTheTables(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product)) {
            start(database, SchemaMode.MIGRATE);
            migrateToTheFuture(database, product);
            start(database, SchemaMode.MIGRATE);
            start(database, SchemaMode.VALIDATE);
            MutableInstantSource clock = new MutableInstantSource();
            try (JdbcTaskStore store =
                            new JdbcTaskStore(database.dataSource(), JdbcStoreSettings.DEFAULT.withClock(clock));
                    TaskPersistenceUnit unit = new TaskPersistenceUnit(database.dataSource(), TablePrefix.DEFAULT)) {
                HibernateTaskSearch search = new HibernateTaskSearch(unit);
                new NodeOperations(store, search, clock, remark -> {}).perform();
                assertThat(search.find(TaskFilter.ANY, TaskPageRequest.first(100))
                                .tasks())
                        .extracting(StoredTask::state)
                        .contains(TaskState.QUEUED, TaskState.RUNNING, TaskState.SCHEDULED)
                        .contains(TaskState.SUCCEEDED, TaskState.FAILED);
            }
        }
    }

    private static void start(TestDatabase database, SchemaMode mode) {
        new SchemaMigrator(database.dataSource(), mode, TablePrefix.DEFAULT, NewerSchemaTests.class.getClassLoader())
                .afterPropertiesSet();
    }

    private static void migrateToTheFuture(TestDatabase database, TestDatabaseProduct product) {
        String scripts = product == TestDatabaseProduct.MARIADB
                ? "mysql"
                : product.name().toLowerCase(Locale.ROOT);
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:db/tasklane/" + scripts, "classpath:future/" + scripts)
                .table(TablePrefix.DEFAULT + "schema_history")
                .placeholders(Map.of("prefix", TablePrefix.DEFAULT))
                .load()
                .migrate();
    }
}
