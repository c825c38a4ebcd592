package io.tasklane.store.memory;

import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskSetContractTests;
import io.tasklane.store.TaskStore;
import io.tasklane.test.MutableInstantSource;
import io.tasklane.test.ResourcelessTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

class InMemoryTaskSetTests extends TaskSetContractTests {

    private InMemoryTaskStore store = new InMemoryTaskStore(new MutableInstantSource());

    @Override
    protected TaskStore store(MutableInstantSource clock) {
        this.store = new InMemoryTaskStore(clock);
        return this.store;
    }

    @Override
    protected PlatformTransactionManager transactionManager() {
        return new ResourcelessTransactionManager();
    }

    @Override
    protected TaskSearch search() {
        return this.store;
    }
}
