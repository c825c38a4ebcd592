package io.tasklane.store;

import io.tasklane.TaskError;
import io.tasklane.TaskException;

/** How stores stop a task whose worker dies whenever it runs, and spare those that only ran beside it. */
public final class PoisonGuard {

    /** A node dies now and then, and what ran on it shall run at once again; it seldom dies twice under the same tasks. */
    private static final int SUSPECT_AFTER = 2;

    private PoisonGuard() {}

    /**
     * Whether a task that is put back goes back as a suspect, see {@link ClaimRequest}, so that the next death does not count for
     * those in other slots as well.
     *
     * @param deaths how often its worker has died while it ran, as its attempts tell; those before it was requeued may be among
     *     them
     * @param recoveries how often it was put back since then: also when it lost the connection of its transaction, which harms
     *     nothing beside it
     * @param maxRecoveries how often it is put back, at least 1
     */
    public static boolean isSuspect(int deaths, int recoveries, int maxRecoveries) {
        return Math.min(deaths, recoveries) >= SUSPECT_AFTER || recoveries >= maxRecoveries;
    }

    /** Why a task has failed whose worker has died so many times while it ran. */
    public static TaskError diedTooOften(int times) {
        return new TaskError(
                TaskException.class.getName(),
                "Its worker died %d times while it ran; it is not put back again".formatted(times),
                "");
    }
}
