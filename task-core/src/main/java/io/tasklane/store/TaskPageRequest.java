package io.tasklane.store;

import org.jspecify.annotations.Nullable;

/**
 * Which page to read.
 *
 * @param after cursor of the previous page, null for the first page
 * @param size number of tasks, 1 to 500
 */
public record TaskPageRequest(@Nullable String after, int size) {

    /** Most tasks of a page. */
    public static final int MAX_SIZE = 500;

    public TaskPageRequest {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("A page has 1 to %d tasks, not %d".formatted(MAX_SIZE, size));
        }
    }

    /** The first page. */
    public static TaskPageRequest first(int size) {
        return new TaskPageRequest(null, size);
    }
}
