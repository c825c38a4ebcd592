package io.tasklane.store.memory;

import io.tasklane.store.TaskStore;
import io.tasklane.store.TaskStoreContractTests;
import java.time.InstantSource;

class InMemoryTaskStoreTests extends TaskStoreContractTests {

    @Override
    protected TaskStore createStore(InstantSource clock) {
        return new InMemoryTaskStore(clock);
    }
}
