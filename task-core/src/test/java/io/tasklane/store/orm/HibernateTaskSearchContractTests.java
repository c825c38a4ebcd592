package io.tasklane.store.orm;

import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskSearchContractTests;
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

/** The contract of the search on one database, over tasks that the store on it has written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HibernateTaskSearchContractTests extends TaskSearchContractTests {

    private static final List<String> TABLES =
            List.of("worker", "task", "ready", "running", "due", "blocked", "key_hold", "finished", "attempt");

    private final TestDatabase database;

    private final TaskPersistenceUnit unit;

    private JdbcTaskStore store;

    HibernateTaskSearchContractTests(TestDatabaseProduct product) {
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
        this.store = new JdbcTaskStore(this.database.dataSource(), JdbcStoreSettings.DEFAULT.withClock(clock));
        return this.store;
    }

    @Override
    protected TaskSearch search() {
        return new HibernateTaskSearch(this.unit);
    }
}
