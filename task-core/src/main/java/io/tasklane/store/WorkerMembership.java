package io.tasklane.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Who is alive: workers join, beat and leave; the tasks of dead ones are put back. Time is the store's. */
public interface WorkerMembership {

    /**
     * Adds a worker.
     *
     * @param description who it is
     * @return its id, never used before
     */
    long join(WorkerDescription description);

    /**
     * Says that a worker is alive, and what it consumes now.
     *
     * @param worker id of the worker
     * @param description who it is now
     * @return false if it was declared dead, or is not known: it must stop its tasks and join anew
     */
    boolean heartbeat(long worker, WorkerDescription description);

    /**
     * Declares workers dead that have not beaten for {@code after}, and puts their tasks back in their old place with one
     * more recovery; a task that has used up its recoveries, or has started and may do so only once, ends in FAILED, one that was
     * cancelled in CANCELLED. Rows locked by others are left for the next round.
     *
     * @param after how long a worker may be silent
     * @param maxRecoveries how often a task is put back
     * @return what was found
     */
    Recovery recover(Duration after, int maxRecoveries);

    /**
     * Removes a worker that has ended in an orderly way.
     *
     * @param worker id of the worker
     */
    void leave(long worker);

    /**
     * Returns what a worker is told not to do.
     *
     * @param worker id of the worker
     * @return empty if it was declared dead, or is not known
     */
    Optional<StoppedWork> stopped(long worker);

    /**
     * Tells a worker to stop or start something, while nobody else does. It hears of it when it reads its queues anew.
     *
     * @param worker id of the worker
     * @param change makes what is stopped from what is; may be called several times
     * @return what is stopped now; empty if it was declared dead, or is not known
     */
    Optional<StoppedWork> stop(long worker, UnaryOperator<StoppedWork> change);

    /** Returns all workers that are alive or were declared dead within the last day, ordered by id. */
    List<StoredWorker> workers();

    /**
     * What a round of recovery did.
     *
     * @param deadWorkers ids of workers declared dead by it
     * @param putBack number of tasks put back
     * @param failed number of tasks that had used up their recoveries, or may not start again
     * @param cancelled number of tasks that had been cancelled
     * @param queues queues that got tasks
     * @param stops whether some worker is told to stop something
     */
    record Recovery(
            List<Long> deadWorkers, int putBack, int failed, int cancelled, Set<String> queues, boolean stops) {}
}
