package io.tasklane.store;

/**
 * The key of a task: of the tasks of one key only so many run at a time, in all of the cluster, in the order in which they were
 * enqueued.
 *
 * @param name the key, with the name of the task or of the group to which it belongs; 1 to {@value #MAX_LENGTH} characters
 * @param limit how many tasks of this key may hold it for this one to do so too, at least 1
 * @param hold how long it keeps its key
 * @since 0.1.0
 */
public record TaskKey(String name, int limit, Hold hold) {

    /** Longest name, in characters. */
    public static final int MAX_LENGTH = 470;

    /** How long a task keeps its key, once it has it. */
    public enum Hold {

        /** Until it has ended for good. */
        UNTIL_ENDED,

        /** Until it has ended, or waits for a retry: it lets others of its key pass meanwhile. */
        UNTIL_RETRY,

        /** Until it is claimed: so only so many tasks of a key are QUEUED at a time, and keys take turns. */
        UNTIL_CLAIMED
    }

    public TaskKey {
        if (name.isBlank() || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A key with its scope has 1 to %d characters, not '%s'".formatted(MAX_LENGTH, name));
        }
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "The limit of key '%s' must be 1 or more, not %d".formatted(name, limit));
        }
    }
}
