package io.tasklane.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Tasks that ended and are not written yet. Never more than the container has slots. Thread-safe. */
final class EndedTasks {

    private static final int MAX_BATCH = 1_000;

    private final Deque<EndedTask> tasks = new ArrayDeque<>();

    synchronized void add(EndedTask task) {
        this.tasks.addLast(task);
    }

    synchronized void putBack(List<EndedTask> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            this.tasks.addFirst(batch.get(i));
        }
    }

    /** The next tasks to write together. */
    synchronized List<EndedTask> take() {
        List<EndedTask> batch = new ArrayList<>();
        while (!this.tasks.isEmpty() && batch.size() < MAX_BATCH) {
            boolean alone = this.tasks.peekFirst().alone();
            if (alone && !batch.isEmpty()) {
                break;
            }
            batch.add(this.tasks.removeFirst());
            if (alone) {
                break;
            }
        }
        return batch;
    }

    synchronized int size() {
        return this.tasks.size();
    }

    synchronized boolean isEmpty() {
        return this.tasks.isEmpty();
    }
}
