package io.tasklane.audit;

import io.tasklane.TaskActor;
import io.tasklane.store.AuditStore;
import io.tasklane.store.AuditStore.Entry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** Writes down what operators do. Thread-safe. */
public final class OperatorAudit {

    private static final Log logger = LogFactory.getLog(OperatorAudit.class);

    private final AuditStore store;

    private final Supplier<List<TaskActor>> actors;

    private final String application;

    /**
     * Creates the audit.
     *
     * @param store where it is kept
     * @param actors asked in this order who operates; they themselves are asked for once, at the first operation
     * @param application name of the application, for when none of them knows
     */
    public OperatorAudit(AuditStore store, Supplier<List<TaskActor>> actors, String application) {
        this.store = store;
        this.actors = SingletonSupplier.of(() -> List.copyOf(actors.get()));
        this.application = application;
    }

    /** Something was done to a single task, in the caller's transaction if there is one. */
    public void task(String action, String task) {
        this.store.audit(new Entry(actor(), action, null, task, 1), true);
    }

    /**
     * Something was done to a queue or many of its tasks, and is committed.
     *
     * @param action what was done
     * @param queue name of the queue
     * @param detail which tasks, and how; null if there is nothing more to say
     * @param tasks number of tasks
     */
    public void queue(String action, String queue, @Nullable String detail, long tasks) {
        // A failure after the commit must not look like one of the operation.
        try {
            this.store.audit(entry(action, queue, detail, tasks), false);
        } catch (RuntimeException ex) {
            logger.warn(
                    "The audit lacks that %s was done to queue '%s' (%s, %d tasks)"
                            .formatted(action, queue, detail, tasks),
                    ex);
        }
    }

    /**
     * What is to be written of something that is done to a queue or its tasks, by whoever does it and in the same transaction.
     *
     * @param action what is done
     * @param queue name of the queue
     * @param detail which tasks, and how; null if there is nothing more to say
     * @param tasks number of tasks that are known to be concerned
     */
    public Entry entry(String action, String queue, @Nullable String detail, long tasks) {
        return new Entry(actor(), action, queue, detail, tasks);
    }

    private String actor() {
        String name = this.actors.get().stream()
                .map(TaskActor::name)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(this.application);
        return name.length() > AuditStore.MAX_ACTOR_LENGTH ? name.substring(0, AuditStore.MAX_ACTOR_LENGTH) : name;
    }
}
