package io.tasklane.autoconfigure;

import io.tasklane.ConcurrencyRange;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Reads the values of {@code concurrency} properties: a number, or a range of it. */
final class Concurrency {

    private Concurrency() {}

    static void check(PropertyProblems problems, String property, @Nullable String value) {
        if (StringUtils.hasText(value)) {
            problems.require(read(value) != null, property, value, "use " + ConcurrencyRange.ALLOWED);
        }
    }

    /** Returns null if nothing is set, and for what the check has refused. */
    static @Nullable ConcurrencyRange read(@Nullable String value) {
        if (!StringUtils.hasText(value)) {
            return null;
        }
        try {
            return ConcurrencyRange.valueOf(value);
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    /** Returns what is set, else the second value. */
    static ConcurrencyRange read(@Nullable String value, ConcurrencyRange otherwise) {
        ConcurrencyRange range = read(value);
        return range != null ? range : otherwise;
    }
}
