package io.tasklane.store.memory;

import io.tasklane.store.TaskStore;
import io.tasklane.store.TaskStoreContractTests;
import java.time.InstantSource;
import org.h2.Driver;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.PlatformTransactionManager;

class InMemoryTaskStoreTests extends TaskStoreContractTests {

    @Override
    protected TaskStore createStore(InstantSource clock) {
        return new InMemoryTaskStore(clock);
    }

    // Of any resource: the store takes part in whatever transaction there is.
    @Override
    protected PlatformTransactionManager transactionManager() {
        return new DataSourceTransactionManager(new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:"));
    }
}
