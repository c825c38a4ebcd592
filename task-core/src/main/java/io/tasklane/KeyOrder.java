package io.tasklane;

/**
 * What a task that waits for a retry means to the others of its key, see {@link Task#concurrencyKey()}.
 *
 * @since 0.1.0
 */
public enum KeyOrder {

    /** What the class of the method says, else {@link #HOLD}. */
    DEFAULT,

    /** They wait for it too: the order within the key holds, whatever fails. */
    HOLD,

    /** They pass it: the task gives up its key while it waits, and comes behind them when it is due. */
    SKIP_WAITING
}
