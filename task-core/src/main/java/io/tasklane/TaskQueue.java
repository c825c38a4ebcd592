package io.tasklane;

/**
 * A queue as stored.
 *
 * @param name name of the queue
 * @param state whether workers claim from it
 * @param settings what a configuration or an operator has set; what is left out each node fills with its defaults
 */
public record TaskQueue(String name, State state, QueueSettings settings) {

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
