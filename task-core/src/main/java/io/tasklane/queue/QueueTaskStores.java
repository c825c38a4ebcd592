package io.tasklane.queue;

import io.tasklane.audit.OperatorAudit;
import io.tasklane.store.QueueStore;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskSetAdministration;
import java.util.function.Supplier;

/**
 * What operates the tasks of queues.
 *
 * @param queues counts tasks
 * @param sets changes many
 * @param search lists them; asked for when they are listed, and throws if there is none
 * @param listener told of changes after their commit
 * @param audit is told who has done what
 */
public record QueueTaskStores(
        QueueStore queues,
        TaskSetAdministration sets,
        Supplier<TaskSearch> search,
        TaskChangeListener listener,
        OperatorAudit audit) {}
