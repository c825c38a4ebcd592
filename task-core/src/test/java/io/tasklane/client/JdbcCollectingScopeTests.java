package io.tasklane.client;

import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestTables;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same on a database, with its own idea of what a transaction is. */
class JdbcCollectingScopeTests extends CollectingScopeTests {

    private JdbcTaskStore store;

    @Override
    ProducerRig rig() {
        TestTables.create(database.dataSource());
        JdbcClient client = JdbcClient.create(database.dataSource());
        List.of("task", "ready")
                .forEach(table -> client.sql("delete from tasklane_" + table).update());
        this.store = new JdbcTaskStore(database.dataSource(), JdbcStoreSettings.DEFAULT);
        return ProducerRig.on(this.store, database.dataSource());
    }

    @AfterEach
    void closeStore() {
        this.store.close();
    }
}
