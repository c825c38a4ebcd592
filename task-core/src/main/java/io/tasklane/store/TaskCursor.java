package io.tasklane.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a list starts, as text that callers pass back unread: see {@link TaskPage#next}.
 *
 * @param position place of the last task of the page before
 * @param oldest smallest id that the text search of this list looks at, 0 without a limit
 * @since 0.1.0
 */
public record TaskCursor(TaskPosition position, long oldest) {

    private static final Pattern FORMAT =
            Pattern.compile("1 ([A-Z]+) ([A-Za-z0-9_-]{0,100}) (-?\\d{1,19}) (-?\\d{1,19}) (\\d{1,19})");

    /**
     * Reads the cursor of a request.
     *
     * @param page which page
     * @param filter which tasks, the same as for the page before
     * @return the cursor, null for the first page
     * @throws IllegalArgumentException if the text is no cursor, or one of a list of other tasks
     */
    public static @Nullable TaskCursor of(TaskPageRequest page, TaskFilter filter) {
        if (page.after() == null) {
            return null;
        }
        TaskCursor cursor = parse(page.after());
        TaskPosition position = cursor.position();
        boolean ofStates = filter.states().isEmpty()
                || filter.states().stream().anyMatch(state -> TaskPosition.Section.of(state) == position.section());
        boolean ofQueue = filter.queue() == null
                || position.queue().isEmpty()
                || filter.queue().equals(position.queue());
        if (!ofStates || !ofQueue) {
            throw new IllegalArgumentException(
                    "The cursor '%s' belongs to another list: keep the filter from page to page"
                            .formatted(page.after()));
        }
        return cursor;
    }

    /**
     * Reads a cursor from its text.
     *
     * @param text text from {@link #format}
     * @throws IllegalArgumentException if the text is no cursor
     */
    public static TaskCursor parse(String text) {
        try {
            Matcher parts = FORMAT.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            if (parts.matches()) {
                return new TaskCursor(
                        new TaskPosition(
                                TaskPosition.Section.valueOf(parts.group(1)),
                                parts.group(2),
                                Long.parseLong(parts.group(3)),
                                Long.parseLong(parts.group(4))),
                        Long.parseLong(parts.group(5)));
            }
        } catch (IllegalArgumentException ex) {
            throw invalid(text, ex);
        }
        throw invalid(text, null);
    }

    /** The cursor as text of letters, digits, {@code _} and {@code -}. */
    public String format() {
        String text = "1 %s %s %d %d %d"
                .formatted(
                        this.position.section(),
                        this.position.queue(),
                        this.position.first(),
                        this.position.second(),
                        this.oldest);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static IllegalArgumentException invalid(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "'%s' is not the cursor of a page: pass the 'next' of the page before, or nothing for the first page"
                        .formatted(text),
                cause);
    }
}
