package io.tasklane.store.orm;

import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskSetContractTests;
import io.tasklane.store.TaskStore;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.test.MutableInstantSource;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The contract of operations on many tasks on one database, listed by the search over it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcTaskSetContractTests extends TaskSetContractTests {

    private static final List<String> TABLES =
            List.of("worker", "task", "ready", "running", "due", "finished", "attempt", "audit", "blocked", "key_hold");

    private final TestDatabase database;

    private final TaskPersistenceUnit unit;

    private JdbcTaskStore store;

    JdbcTaskSetContractTests(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        this.unit = new TaskPersistenceUnit(this.database.dataSource(), TablePrefix.DEFAULT);
        this.store = new JdbcTaskStore(this.database.dataSource(), JdbcStoreSettings.DEFAULT);
    }

    @BeforeAll
    void createTables() {
        TestTables.create(this.database.dataSource());
    }

    @AfterEach
    void closeStore() {
        this.store.close();
    }

    @AfterAll
    void dropDatabase() {
        this.unit.close();
        this.database.close();
    }

    @Override
    protected TaskStore store(MutableInstantSource clock) {
        JdbcClient client = JdbcClient.create(this.database.dataSource());
        TABLES.forEach(table ->
                client.sql("delete from " + TablePrefix.DEFAULT + table).update());
        client.sql("delete from tasklane_queue where name <> 'default'").update();
        // So many that an operation, and a worker beside it, do not wait for each other.
        JdbcStoreSettings settings = JdbcStoreSettings.DEFAULT.withClock(clock).withWorkerConnections(4);
        this.store = new JdbcTaskStore(this.database.dataSource(), settings);
        return this.store;
    }

    @Override
    protected PlatformTransactionManager transactionManager() {
        return new DataSourceTransactionManager(this.database.dataSource());
    }

    @Override
    protected TaskSearch search() {
        return new HibernateTaskSearch(this.unit);
    }
}
