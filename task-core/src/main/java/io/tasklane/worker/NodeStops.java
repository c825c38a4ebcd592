package io.tasklane.worker;

import io.tasklane.store.StoppedWork;
import io.tasklane.store.WorkerMembership;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What this node is told not to do. Its row in the store says it, where others can write; before the node has joined, and while
 * it joins anew, it is only here. Thread-safe.
 */
final class NodeStops {

    private final WorkerMembership membership;

    private final Supplier<OptionalLong> worker;

    private volatile boolean any = true;

    private volatile StoppedWork stopped = StoppedWork.NONE;

    NodeStops(WorkerMembership membership, Supplier<OptionalLong> worker) {
        this.membership = membership;
        this.worker = worker;
    }

    /** What is stopped, as far as is known here. */
    StoppedWork now() {
        return this.stopped;
    }

    /** Whether some node is told to stop something, as of a look that is made anyway: this one need not ask otherwise. */
    void looked(boolean any) {
        this.any = any;
    }

    /** Whether others may have said something. */
    boolean mayBeTold() {
        return this.any || !this.stopped.equals(StoppedWork.NONE);
    }

    /** Reads what others have said. */
    synchronized void read() {
        OptionalLong id = this.worker.get();
        if (id.isPresent()) {
            this.membership.stopped(id.getAsLong()).ifPresent(told -> this.stopped = told);
        }
    }

    /** Stops or starts something. If that cannot be written, nothing is changed. */
    synchronized void change(UnaryOperator<StoppedWork> change) {
        OptionalLong id = this.worker.get();
        this.stopped = id.isEmpty()
                ? change.apply(this.stopped)
                : this.membership.stop(id.getAsLong(), change).orElseGet(() -> change.apply(this.stopped));
    }

    /** The node joins under a new id, by which it is not known yet: what is stopped stays so. */
    synchronized void joining(long id) {
        if (!this.stopped.equals(StoppedWork.NONE)) {
            this.membership.stop(id, nothing -> this.stopped);
        }
    }
}
