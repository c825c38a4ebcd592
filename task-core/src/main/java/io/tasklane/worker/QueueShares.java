package io.tasklane.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gives the queues of a container their shares of its starts: each start of a queue puts off its next turn by one divided by its
 * weight, and the queue whose turn is the earliest goes next. A queue that had no tasks for a while has its turn now, and is owed
 * nothing for the time before. Not thread-safe.
 */
final class QueueShares {

    private final Map<String, Integer> weights;

    private final Map<String, Double> turns;

    /** Turn of the last start. */
    private double now;

    /**
     * Creates shares.
     *
     * @param weights weights by queue, at least 1; others have 1
     */
    QueueShares(Map<String, Integer> weights) {
        this(weights, new HashMap<>(), 0);
    }

    private QueueShares(Map<String, Integer> weights, Map<String, Double> turns, double now) {
        this.weights = weights;
        this.turns = turns;
        this.now = now;
    }

    /** Returns the queue that goes next, of those that can; null if none can. Of equal ones it is the first. */
    @Nullable
    String next(List<String> queues, Predicate<String> can) {
        String next = null;
        for (String queue : queues) {
            if ((next == null || turn(queue) < turn(next)) && can.test(queue)) {
                next = queue;
            }
        }
        return next;
    }

    /** Returns the queues in the order of their turns; equal ones stay as they are. */
    List<String> inTurn(List<String> queues) {
        List<String> ordered = new ArrayList<>(queues);
        ordered.sort(Comparator.comparingDouble(this::turn));
        return ordered;
    }

    /** A queue has gone. */
    void started(String queue) {
        this.now = turn(queue);
        this.turns.put(queue, this.now + 1.0 / this.weights.getOrDefault(queue, 1));
    }

    /**
     * Divides places among queues, without any of them having gone.
     *
     * @param queues the queues
     * @param places how many places there are
     * @param most how many of them a queue can have
     * @return number of places by queue, the one that goes first first; what no queue can have is left out
     */
    Map<String, Integer> divide(List<String> queues, int places, ToIntFunction<String> most) {
        QueueShares trial = new QueueShares(this.weights, new HashMap<>(this.turns), this.now);
        Map<String, Integer> divided = new LinkedHashMap<>();
        for (int place = 0; place < places; place++) {
            String next = trial.next(queues, queue -> divided.getOrDefault(queue, 0) < most.applyAsInt(queue));
            if (next == null) {
                break;
            }
            trial.started(next);
            divided.merge(next, 1, Integer::sum);
        }
        return divided;
    }

    /** So many tasks of some queues have gone. */
    void started(Map<String, Integer> counts) {
        List<String> queues = new ArrayList<>(counts.keySet());
        Map<String, Integer> gone = new HashMap<>();
        String next = next(queues, queue -> counts.getOrDefault(queue, 0) > 0);
        while (next != null) {
            started(next);
            gone.merge(next, 1, Integer::sum);
            next = next(queues, queue -> gone.getOrDefault(queue, 0) < counts.getOrDefault(queue, 0));
        }
    }

    private double turn(String queue) {
        return Math.max(this.now, this.turns.getOrDefault(queue, 0.0));
    }
}
