package io.tasklane.client;

import io.tasklane.store.NewTask;
import io.tasklane.store.TaskCommitListener;
import io.tasklane.store.TaskWriter;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.function.SingletonSupplier;

/** Inserts tasks in the transaction at hand and tells the listeners after its commit. */
public final class TaskInsertion {

    private static final Log logger = LogFactory.getLog(TaskInsertion.class);

    private final TaskWriter writer;

    private final Supplier<List<TaskCommitListener>> listeners;

    /**
     * Creates the step.
     *
     * @param writer inserts
     * @param listeners told after each commit, in this order; asked for once, at the first commit, as the workers among
     *     them start after the producers
     */
    public TaskInsertion(TaskWriter writer, Supplier<List<TaskCommitListener>> listeners) {
        this.writer = writer;
        this.listeners = SingletonSupplier.of(() -> List.copyOf(listeners.get()));
    }

    void insert(List<NewTask> tasks) {
        if (!tasks.isEmpty()) {
            this.writer.insert(tasks, this::committed);
        }
    }

    private void committed(List<NewTask> tasks) {
        try {
            this.listeners.get().forEach(listener -> tell(listener, tasks));
        } catch (RuntimeException ex) {
            logger.warn("No listener was told of %d committed tasks; polling finds them".formatted(tasks.size()), ex);
        }
    }

    private static void tell(TaskCommitListener listener, List<NewTask> tasks) {
        try {
            listener.committed(tasks);
        } catch (RuntimeException ex) {
            logger.warn(
                    "%s failed after the commit of %d tasks; they are stored, and polling finds them"
                            .formatted(listener, tasks.size()),
                    ex);
        }
    }
}
