package io.tasklane.admin;

import io.tasklane.TaskAdmin;
import io.tasklane.TaskAttempt;
import io.tasklane.TaskDetails;
import io.tasklane.TaskId;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskAdministration;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskReader;
import java.util.List;
import java.util.Optional;

/** Operates single tasks in the store, and tells workers of it after the commit. */
public final class DefaultTaskAdmin implements TaskAdmin {

    private final TaskReader reader;

    private final TaskAdministration administration;

    private final TaskChangeListener listener;

    /**
     * Creates the operations.
     *
     * @param reader finds tasks
     * @param administration changes them
     * @param listener told of changes after their commit
     */
    public DefaultTaskAdmin(TaskReader reader, TaskAdministration administration, TaskChangeListener listener) {
        this.reader = reader;
        this.administration = administration;
        this.listener = listener;
    }

    @Override
    public Optional<TaskDetails> find(TaskId id) {
        return this.reader.find(id).map(task -> details(task, this.reader.attempts(id)));
    }

    @Override
    public boolean retry(TaskId id) {
        return this.administration.retry(id, this.listener);
    }

    @Override
    public boolean cancel(TaskId id) {
        return this.administration.cancel(id, this.listener);
    }

    @Override
    public boolean delete(TaskId id) {
        return this.administration.delete(id);
    }

    private static TaskDetails details(StoredTask task, List<StoredAttempt> attempts) {
        return new TaskDetails(
                task.id(),
                task.task(),
                task.queue(),
                task.state(),
                task.priority(),
                task.retries(),
                task.retriesUsed(),
                task.recoveries(),
                task.payload(),
                task.createdAt(),
                task.runAt(),
                task.claimedAt(),
                task.cancelledAt(),
                task.startedAt(),
                task.finishedAt(),
                task.result(),
                task.error(),
                attempts.stream().map(DefaultTaskAdmin::attempt).toList());
    }

    private static TaskAttempt attempt(StoredAttempt attempt) {
        return new TaskAttempt(
                attempt.number(),
                attempt.outcome().name(),
                attempt.worker(),
                attempt.startedAt(),
                attempt.finishedAt(),
                attempt.error());
    }
}
