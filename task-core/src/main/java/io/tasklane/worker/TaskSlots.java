package io.tasklane.worker;

import java.util.HashMap;
import java.util.Map;

/** How many tasks a container holds, in all and by queue: from the claim until the completion is written. Thread-safe. */
final class TaskSlots {

    private final Map<String, Integer> byQueue = new HashMap<>();

    private int held;

    synchronized void take(String queue) {
        this.held++;
        this.byQueue.merge(queue, 1, Integer::sum);
    }

    synchronized void free(String queue) {
        this.held--;
        this.byQueue.merge(queue, -1, Integer::sum);
    }

    synchronized int held() {
        return this.held;
    }

    synchronized int held(String queue) {
        return this.byQueue.getOrDefault(queue, 0);
    }
}
