package io.tasklane.actuate.health;

import java.util.Map;

/**
 * How many failed tasks are too many.
 *
 * @param maxFailed most failed tasks of a queue with which it is still well; negative for no limit
 * @param byQueue the same for single queues
 * @param status what the health is when there are more
 */
public record FailureLimits(int maxFailed, Map<String, Integer> byQueue, Severity status) {

    /** 100 failed tasks of each queue, then {@link Severity#DOWN}. */
    public static final FailureLimits DEFAULT = new FailureLimits(100, Map.of(), Severity.DOWN);

    public FailureLimits {
        byQueue = Map.copyOf(byQueue);
    }

    /** Returns most failed tasks of a queue, negative for no limit. */
    int of(String queue) {
        return this.byQueue.getOrDefault(queue, this.maxFailed);
    }

    /** How bad it is. */
    public enum Severity {

        /** The application is not healthy. */
        DOWN,

        /** The application is not to be used, but not broken. */
        OUT_OF_SERVICE
    }
}
