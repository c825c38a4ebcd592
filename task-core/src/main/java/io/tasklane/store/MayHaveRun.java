package io.tasklane.store;

import io.tasklane.TaskError;
import io.tasklane.TaskException;

/** The error of a task whose body may start only once, and of which nobody knows how far it came. */
public final class MayHaveRun {

    /** It was given back, or taken away from its worker. */
    public static final TaskError GIVEN_BACK = error("It was given back after it had started");

    /** Its worker died. */
    public static final TaskError WORKER_DIED = error("Its worker died after it had started");

    private MayHaveRun() {}

    private static TaskError error(String what) {
        return new TaskError(
                TaskException.class.getName(),
                what + ": it may have run, wholly or in part, and is not run again (completion = BEFORE_RUN)",
                "");
    }
}
