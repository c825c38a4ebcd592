package io.tasklane.queue;

import io.tasklane.audit.OperatorAudit;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskStore;
import java.util.List;

/** Operations on queues for tests. */
public final class TestQueues {

    private static final TaskChangeListener NOBODY = new TaskChangeListener() {
        @Override
        public void requeued(String queue) {}

        @Override
        public void cancelled(long worker) {}
    };

    private TestQueues() {}

    /** Operates the queues of a store; tasks are listed if the store is one in memory. */
    public static DefaultTaskQueues of(TaskStore store, QueueRegistry registry, QueueChangeListener... listeners) {
        return new DefaultTaskQueues(
                store,
                new QueueTaskStores(
                        store, store, () -> (TaskSearch) store, NOBODY, new OperatorAudit(store, List::of, "test")),
                registry,
                () -> List.of(listeners));
    }
}
