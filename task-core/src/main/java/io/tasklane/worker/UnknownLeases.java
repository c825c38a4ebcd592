package io.tasklane.worker;

import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskLeases;
import io.tasklane.store.TaskOutcome;
import java.util.List;

/** Leases of this worker in the store that nobody here holds. */
final class UnknownLeases {

    private UnknownLeases() {}

    /** Puts their tasks back in their places, and counts nothing. Returns how many were still held. */
    static int putBack(TaskLeases leases, long worker, List<TaskLease> unknown) {
        List<TaskCompletion> released = unknown.stream()
                .map(lease -> new TaskCompletion(lease, null, null, new TaskOutcome.Released(false)))
                .toList();
        return unknown.size()
                - leases.exchange(worker, released, null).refused().size();
    }
}
