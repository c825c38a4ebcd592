package io.tasklane.client;

import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.store.schema.TablePrefix;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same on a database, with its own idea of what a transaction is. */
class JdbcCollectingScopeTests extends CollectingScopeTests {

    private JdbcTaskStore store;

    @Override
    ProducerRig rig() {
        new SchemaMigrator(
                        database.dataSource(),
                        SchemaMode.MIGRATE,
                        TablePrefix.DEFAULT,
                        getClass().getClassLoader())
                .afterPropertiesSet();
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
