package io.tasklane.worker;

import io.tasklane.store.ReleasedTasks;
import io.tasklane.store.TaskLeases;
import io.tasklane.store.TaskProgress;
import java.time.Duration;

/**
 * How a container reaches the store and the rest of its node.
 *
 * @param leases claiming and completing
 * @param progress what became of single leases
 * @param presence who this node is
 * @param unrunnable names of tasks that this node cannot run
 * @param due told of tasks that become due
 * @param released told of tasks that others gave up their keys to
 * @param doubts claims whose answer was lost
 * @param suspects permission to hold a task that may have ended its worker
 */
record WorkerAccess(
        TaskLeases leases,
        TaskProgress progress,
        WorkerPresence presence,
        UnrunnableTasks unrunnable,
        DueListener due,
        ReleaseListener released,
        DoubtfulClaims doubts,
        SuspectPermit suspects) {

    /** Told of tasks that are no longer BLOCKED. */
    @FunctionalInterface
    interface ReleaseListener {

        /** These tasks became claimable; others may if somebody looks. */
        void released(ReleasedTasks tasks);
    }

    /** Told of tasks that become due. */
    @FunctionalInterface
    interface DueListener {

        /** A task becomes due after this long. */
        void dueIn(Duration delay);
    }
}
