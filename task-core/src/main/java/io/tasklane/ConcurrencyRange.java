package io.tasklane;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks run at once: a fixed number, or a range within which it follows what waits.
 *
 * @param min least number, at least 1
 * @param max greatest number, {@code min} or more, up to {@value #MAX}
 */
public record ConcurrencyRange(int min, int max) {

    /** Most tasks that run at once in one container. */
    public static final int MAX = 10_000;

    /** Which texts are a range, in words. */
    public static final String ALLOWED = "1 to " + MAX + ", or a range such as 2-10";

    private static final Pattern TEXT = Pattern.compile("\\s*([0-9]{1,5})\\s*(?:-\\s*([0-9]{1,5})\\s*)?");

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if they are no range
     */
    public ConcurrencyRange {
        if (min < 1 || max < min || max > MAX) {
            throw new IllegalArgumentException(
                    "concurrency must be %s, not %s".formatted(ALLOWED, min == max ? min : min + "-" + max));
        }
    }

    /**
     * A fixed number.
     *
     * @throws IllegalArgumentException if it is not 1 to {@value #MAX}
     */
    public static ConcurrencyRange of(int value) {
        return new ConcurrencyRange(value, value);
    }

    /** Returns what is set for a queue, null if nothing is. */
    public static @Nullable ConcurrencyRange of(QueueSettings settings) {
        Integer max = settings.get(QueueSetting.CONCURRENCY);
        if (max == null) {
            return null;
        }
        Integer min = settings.get(QueueSetting.MIN_CONCURRENCY);
        // A release that knows no ranges may have lowered only one of them.
        return new ConcurrencyRange(min != null ? Math.min(min, max) : max, max);
    }

    /**
     * Reads what {@link #toString} has written, such as {@code 5} or {@code 2-10}.
     *
     * @throws IllegalArgumentException if it is no range
     */
    public static ConcurrencyRange valueOf(String text) {
        Matcher numbers = TEXT.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("concurrency must be %s, not '%s'".formatted(ALLOWED, text));
        }
        int first = Integer.parseInt(numbers.group(1));
        return new ConcurrencyRange(first, numbers.group(2) != null ? Integer.parseInt(numbers.group(2)) : first);
    }

    /** Whether it is always the same number. */
    public boolean isFixed() {
        return this.min == this.max;
    }

    /** As in a configuration file: {@code 5}, or {@code 2-10}. */
    @Override
    public String toString() {
        return isFixed() ? String.valueOf(this.max) : this.min + "-" + this.max;
    }
}
