package io.tasklane.store;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import java.util.List;
import java.util.Optional;

/** Finding one task by its id, on the caller's connection: a task inserted by an open transaction is seen by that one. */
public interface TaskReader {

    /** Returns the state of a task. */
    Optional<TaskState> state(TaskId id);

    /** Returns a task with its result and the error of its last failed attempt. */
    Optional<StoredTask> find(TaskId id);

    /** Returns the attempts of a task that did not succeed, ordered by number. */
    List<StoredAttempt> attempts(TaskId id);
}
