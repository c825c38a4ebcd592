package io.tasklane.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskId;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPage;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskSearchContractTests;
import io.tasklane.store.TaskStore;
import io.tasklane.test.MutableInstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryTaskSearchTests extends TaskSearchContractTests {

    private InMemoryTaskStore store = new InMemoryTaskStore(new MutableInstantSource());

    @Override
    protected TaskStore store(MutableInstantSource clock) {
        this.store = new InMemoryTaskStore(clock);
        return this.store;
    }

    @Override
    protected TaskSearch search() {
        return this.store;
    }

    @Test
    void aTextSearchLooksAtTheNewestTasksAndSaysSo() {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i <= TaskFilter.TEXT_SEARCH_LIMIT; i++) {
            tasks.add(new NewTask(
                    new TaskId(i + 1), "Mailer.welcome", "email", 0, 3, "number " + i, Map.of(), null, null));
        }
        this.store.insert(tasks, inserted -> {});
        TaskPage oldest = this.store.find(new TaskFilter(null, Set.of(), null, "number 0"), TaskPageRequest.first(10));
        TaskPage newest =
                this.store.find(new TaskFilter(null, Set.of(), null, "number 100000"), TaskPageRequest.first(10));
        assertThat(oldest.tasks()).isEmpty();
        assertThat(oldest.limited()).isTrue();
        assertThat(newest.tasks()).hasSize(1);
    }
}
