package io.tasklane.admin;

import io.tasklane.store.TaskChangeListener;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.function.SingletonSupplier;

/** Tells all listeners; one that fails keeps the others from nothing. */
public final class TaskChangeListeners implements TaskChangeListener {

    private static final Log logger = LogFactory.getLog(TaskChangeListeners.class);

    private final Supplier<List<TaskChangeListener>> listeners;

    /**
     * Creates it.
     *
     * @param listeners told in this order; asked for once, at the first change, as the workers among them start later
     */
    public TaskChangeListeners(Supplier<List<TaskChangeListener>> listeners) {
        this.listeners = SingletonSupplier.of(() -> List.copyOf(listeners.get()));
    }

    @Override
    public void requeued(String queue) {
        tell(listener -> listener.requeued(queue));
    }

    @Override
    public void cancelled(long worker) {
        tell(listener -> listener.cancelled(worker));
    }

    @Override
    public void rateLimitChanged(String task) {
        tell(listener -> listener.rateLimitChanged(task));
    }

    private void tell(Consumer<TaskChangeListener> call) {
        for (TaskChangeListener listener : this.listeners.get()) {
            try {
                call.accept(listener);
            } catch (RuntimeException ex) {
                logger.warn(
                        "%s failed after the change of a task; workers find it by themselves".formatted(listener), ex);
            }
        }
    }
}
