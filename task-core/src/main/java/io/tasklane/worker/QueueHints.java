package io.tasklane.worker;

import java.util.HashMap;
import java.util.Map;

/**
 * Which queues of a container may have tasks: those that it was told of, or that gave all that was asked at the last claim.
 * Thread-safe.
 */
final class QueueHints {

    private final Map<String, Long> signals = new HashMap<>();

    private final Map<String, Long> seen = new HashMap<>();

    private long count;

    /** There may be tasks in this queue. */
    synchronized void mayHave(String queue) {
        this.signals.put(queue, ++this.count);
    }

    synchronized boolean isHot(String queue) {
        Long signal = this.signals.get(queue);
        return signal == null || signal > this.seen.getOrDefault(queue, 0L);
    }

    /** To be taken before a claim. */
    synchronized long mark() {
        return this.count;
    }

    /** The claim after this mark found the queue exhausted; what was signalled since then still counts. */
    synchronized void exhausted(String queue, long mark) {
        this.signals.putIfAbsent(queue, 0L);
        this.seen.merge(queue, mark, Math::max);
    }
}
