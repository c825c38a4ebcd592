package io.tasklane.store.jdbc;

import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Writes completions, and keeps one that cannot be written from holding up the others. */
final class CompletionWriter {

    private static final Log logger = LogFactory.getLog(CompletionWriter.class);

    private final ClaimLocking locking;

    CompletionWriter(ClaimLocking locking) {
        this.locking = locking;
    }

    /** Writes completions within a transaction. */
    static Written write(SqlSession session, List<TaskCompletion> completions) throws SQLException {
        Set<TaskId> refused = new HashSet<>();
        boolean keysEnded = false;
        for (List<TaskCompletion> batch : Batches.of(completions, CompletionWriter::bytes)) {
            Set<Long> accepted = session.dialect().moves().complete(session, batch);
            keysEnded |= new KeyHolds(session).completed(batch, accepted);
            for (TaskCompletion completion : batch) {
                if (!accepted.contains(completion.lease().task().value())) {
                    refused.add(completion.lease().task());
                }
            }
        }
        return new Written(refused, keysEnded);
    }

    /**
     * What was written.
     *
     * @param refused the tasks whose lease was not the current one
     * @param keysEnded whether others may get a key
     */
    record Written(Set<TaskId> refused, boolean keysEnded) {}

    /**
     * Writes completions of which some value is not accepted by the database: halves them until it stands alone. Its task then
     * ends in FAILED with the reason, because it would not be accepted at the next try either.
     *
     * @param failure why they could not be written together
     * @return those that were refused
     */
    Set<TaskId> writeApart(List<TaskCompletion> completions, RuntimeException failure) {
        if (completions.size() == 1) {
            return writeAsFailed(completions.get(0), failure);
        }
        Set<TaskId> refused = new HashSet<>();
        int middle = completions.size() / 2;
        for (List<TaskCompletion> half :
                List.of(completions.subList(0, middle), completions.subList(middle, completions.size()))) {
            try {
                refused.addAll(writeAlone(half));
            } catch (RuntimeException ex) {
                if (!SqlErrors.isDataError(ex)) {
                    throw ex;
                }
                refused.addAll(writeApart(half, ex));
            }
        }
        return refused;
    }

    private Set<TaskId> writeAsFailed(TaskCompletion completion, RuntimeException failure) {
        TaskId id = completion.lease().task();
        logger.error("The outcome of task %s cannot be stored; the task ends in FAILED".formatted(id), failure);
        TaskError error = new TaskError(
                failure.getClass().getName(),
                "The outcome of the run could not be stored: " + failure.getMessage(),
                "");
        return writeAlone(List.of(completion.with(new TaskOutcome.Failed(error))));
    }

    private Set<TaskId> writeAlone(List<TaskCompletion> completions) {
        return this.locking
                .execute("writing completions", false, session -> write(session, completions))
                .refused();
    }

    private static long bytes(TaskCompletion completion) {
        if (completion.outcome() instanceof TaskOutcome.Succeeded succeeded) {
            return Batches.bytes(succeeded.result());
        }
        AttemptRow attempt = AttemptRow.of(completion.outcome());
        TaskError error = attempt != null ? attempt.error() : null;
        return error != null ? Batches.bytes(error.message()) + Batches.bytes(error.stack()) : 0;
    }
}
