package io.tasklane.admin;

import io.tasklane.RateLimit;
import io.tasklane.TaskAdmin;
import io.tasklane.TaskAttempt;
import io.tasklane.TaskDetails;
import io.tasklane.TaskId;
import io.tasklane.TaskRequest;
import io.tasklane.audit.OperatorAudit;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.TaskAdministration;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskRateLimits;
import io.tasklane.store.TaskReader;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operates single tasks in the store, and tells workers of it after the commit. */
public final class DefaultTaskAdmin implements TaskAdmin {

    private final TaskReader reader;

    private final TaskAdministration administration;

    private final TaskRateLimits rateLimits;

    private final TaskChangeListener listener;

    private final OperatorAudit audit;

    /**
     * Creates the operations.
     *
     * @param reader finds tasks
     * @param administration changes them
     * @param rateLimits limits them by name
     * @param listener told of changes after their commit
     * @param audit is told who has done what
     */
    public DefaultTaskAdmin(
            TaskReader reader,
            TaskAdministration administration,
            TaskRateLimits rateLimits,
            TaskChangeListener listener,
            OperatorAudit audit) {
        this.reader = reader;
        this.administration = administration;
        this.rateLimits = rateLimits;
        this.listener = listener;
        this.audit = audit;
    }

    @Override
    public Optional<TaskDetails> find(TaskId id) {
        return this.reader
                .find(id)
                .map(task -> task.details(this.reader.attempts(id).stream()
                        .map(DefaultTaskAdmin::attempt)
                        .toList()));
    }

    @Override
    public boolean retry(TaskId id) {
        return audited("task.retry", id, this.administration.retry(id, this.listener));
    }

    @Override
    public boolean cancel(TaskId id) {
        return audited("task.cancel", id, this.administration.cancel(id, this.listener));
    }

    @Override
    public boolean delete(TaskId id) {
        return audited("task.delete", id, this.administration.delete(id));
    }

    @Override
    public void rateLimit(String task, @Nullable RateLimit limit) {
        this.rateLimits.setRateLimit(TaskRequest.requireValidName(task), limit);
        this.audit.task("task.rate-limit", task);
        this.listener.rateLimitChanged(task);
    }

    @Override
    public Map<String, RateLimit> rateLimits() {
        return this.rateLimits.rateLimits();
    }

    private boolean audited(String action, TaskId id, boolean done) {
        if (done) {
            this.audit.task(action, id.toString());
        }
        return done;
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
