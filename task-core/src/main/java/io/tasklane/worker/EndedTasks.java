package io.tasklane.worker;

import io.tasklane.TaskId;
import io.tasklane.store.TaskLease;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tasks that ended and are not written yet. Never more than the container has slots. Thread-safe. */
final class EndedTasks {

    private static final int MAX_BATCH = 1_000;

    /** Characters of results and errors, beyond which no task starts: those that run already may have as much again. */
    private static final long MAX_WEIGHT = 8L * 1024 * 1024;

    private final Deque<EndedTask> tasks = new ArrayDeque<>();

    /** Those that are being written. */
    private List<EndedTask> taken = List.of();

    private volatile long weight;

    synchronized void add(EndedTask task) {
        this.tasks.addLast(task);
        this.weight += task.weight();
    }

    /** It is written, or never will be. */
    void written(EndedTask task) {
        if (task.weight() > 0) {
            lose(task.weight());
        }
    }

    private synchronized void lose(int written) {
        this.weight -= written;
    }

    /** Whether the memory can take what more tasks produce. */
    boolean hasRoom() {
        return this.weight <= MAX_WEIGHT;
    }

    synchronized void putBack(List<EndedTask> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            this.tasks.addFirst(batch.get(i));
        }
    }

    /** The next tasks to write together, each of them once: a lost lease may end beside the one that followed it. */
    synchronized List<EndedTask> take() {
        List<EndedTask> batch = new ArrayList<>();
        Set<TaskId> ids = new HashSet<>();
        for (EndedTask next : this.tasks) {
            if (batch.size() == MAX_BATCH
                    || (next.alone() && !batch.isEmpty())
                    || !ids.add(next.task().id())) {
                break;
            }
            batch.add(next);
            if (next.alone()) {
                break;
            }
        }
        // Not before there was memory for all of the list.
        for (int i = 0; i < batch.size(); i++) {
            this.tasks.removeFirst();
        }
        this.taken = batch;
        return batch;
    }

    /** What was taken last is written, or put back. */
    synchronized void settled() {
        this.taken = List.of();
    }

    /** Whether a task has ended and may not be written yet. */
    synchronized boolean contains(TaskLease lease) {
        return Stream.concat(this.tasks.stream(), this.taken.stream())
                .anyMatch(task -> task.completion().lease().equals(lease));
    }

    synchronized int size() {
        return this.tasks.size();
    }

    synchronized boolean isEmpty() {
        return this.tasks.isEmpty();
    }
}
