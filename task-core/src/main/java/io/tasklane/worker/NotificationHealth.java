package io.tasklane.worker;

import org.jspecify.annotations.Nullable;

/**
 * Whether this node hears of the tasks of others at once. Where it does not, polling finds them.
 *
 * @param state whether it does
 * @param problem what is wrong, in {@link State#NOT_ALIVE}
 */
public record NotificationHealth(State state, @Nullable String problem) {

    /** Switched off. */
    public static final NotificationHealth OFF = new NotificationHealth(State.OFF, null);

    /** Whether a node hears of the tasks of others. */
    public enum State {
        /** Switched off, or the node is stopped. */
        OFF,
        /** Not with this database, its driver, or a pool whose credentials are not known. */
        UNAVAILABLE,
        /** Has begun to listen, and not yet heard of itself. */
        STARTING,
        /** Has heard of itself lately. */
        ALIVE,
        /** Does not hear of itself. */
        NOT_ALIVE
    }
}
