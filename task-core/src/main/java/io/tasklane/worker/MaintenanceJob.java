package io.tasklane.worker;

/** Work that one node at a time does for all. */
@FunctionalInterface
interface MaintenanceJob {

    /**
     * Does a piece of the work that is short compared with the maintenance lease.
     *
     * @return after how many nanoseconds the next piece is due
     */
    long run();
}
