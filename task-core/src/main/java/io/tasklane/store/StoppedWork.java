package io.tasklane.store;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a worker is told not to do, until it is told otherwise or ends. Immutable.
 *
 * @param queues queues that it does not consume
 * @param containers containers that it does not run
 */
public record StoppedWork(SortedSet<String> queues, SortedSet<String> containers) {

    /** Nothing is stopped. */
    public static final StoppedWork NONE = new StoppedWork(new TreeSet<>(), new TreeSet<>());

    /** Copies the sets. */
    public StoppedWork {
        queues = Collections.unmodifiableSortedSet(new TreeSet<>(queues));
        containers = Collections.unmodifiableSortedSet(new TreeSet<>(containers));
    }

    /** From names in any order. */
    public static StoppedWork of(Set<String> queues, Set<String> containers) {
        return new StoppedWork(new TreeSet<>(queues), new TreeSet<>(containers));
    }

    /** The same with a queue that is not consumed, or is again. */
    public StoppedWork withQueue(String queue, boolean stopped) {
        return new StoppedWork(changed(this.queues, queue, stopped), this.containers);
    }

    /** The same with a container that is not run, or is again. */
    public StoppedWork withContainer(String container, boolean stopped) {
        return new StoppedWork(this.queues, changed(this.containers, container, stopped));
    }

    private static SortedSet<String> changed(SortedSet<String> names, String name, boolean stopped) {
        SortedSet<String> changed = new TreeSet<>(names);
        if (stopped) {
            changed.add(name);
        } else {
            changed.remove(name);
        }
        return changed;
    }
}
