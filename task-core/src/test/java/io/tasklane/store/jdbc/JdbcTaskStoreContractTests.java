package io.tasklane.store.jdbc;

import io.tasklane.store.TaskStore;
import io.tasklane.store.TaskStoreContractTests;
import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The contract on one database. */
abstract class JdbcTaskStoreContractTests extends TaskStoreContractTests {

    private static final List<String> TABLES =
            List.of("queue_source", "worker", "task", "ready", "running", "due", "finished", "attempt");

    // To create and migrate one takes longer than most tests; the second test of a class finds it emptied.
    private static @Nullable TestDatabase shared;

    private final TestDatabaseProduct product;

    private final List<JdbcTaskStore> stores = new ArrayList<>();

    protected TestDatabase database;

    JdbcTaskStoreContractTests(TestDatabaseProduct product) {
        this.product = product;
    }

    @AfterAll
    static void dropDatabase() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    @Override
    protected TaskStore createStore(InstantSource clock) {
        if (shared == null) {
            shared = TestDatabase.create(this.product);
            new SchemaMigrator(
                            shared.dataSource(),
                            SchemaMode.MIGRATE,
                            TablePrefix.DEFAULT,
                            getClass().getClassLoader())
                    .afterPropertiesSet();
        }
        this.database = shared;
        JdbcClient client = JdbcClient.create(shared.dataSource());
        TABLES.forEach(table -> client.sql("delete from tasklane_" + table).update());
        client.sql("delete from tasklane_queue where name <> 'default'").update();
        client.sql("update tasklane_queue set paused = false").update();
        return openAnotherStore();
    }

    @Override
    protected TaskStore openAnotherStore() {
        return open(this.database.dataSource(), JdbcStoreSettings.DEFAULT.withWorkerConnections(4));
    }

    /** Opens a store that is closed after the test. */
    protected final JdbcTaskStore open(DataSource dataSource, JdbcStoreSettings settings) {
        JdbcTaskStore store = new JdbcTaskStore(dataSource, settings.withClock(this.clock));
        this.stores.add(store);
        return store;
    }

    @Override
    protected void closeStores() {
        this.stores.forEach(JdbcTaskStore::close);
    }
}
