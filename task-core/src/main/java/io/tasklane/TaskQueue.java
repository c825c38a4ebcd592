package io.tasklane;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A queue as stored.
 *
 * @param name name of the queue
 * @param state whether workers claim from it
 * @param pausedUntil when its pause ends by itself, by the database's clock; null without a pause, and for one without an end
 * @param settings what a configuration or an operator has set; what is left out each node fills with its defaults
 */
public record TaskQueue(String name, State state, @Nullable Instant pausedUntil, QueueSettings settings) {

    /** Whether workers claim from a queue. */
    public enum State {

        /** Workers claim from it. */
        ACTIVE,

        /** Nothing is claimed from it. */
        PAUSED
    }

    /** Whether nothing is claimed from it. */
    public boolean isPaused() {
        return this.state == State.PAUSED;
    }
}
