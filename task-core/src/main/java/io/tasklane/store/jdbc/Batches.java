package io.tasklane.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Cuts lists so that no statement gets too large for a server. */
final class Batches {

    private static final int MAX_ROWS = 1_000;

    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private Batches() {}

    /** Cuts a list into pieces of at most 1000 elements and, unless one alone is larger, 4 MB. */
    static <T> List<List<T>> of(List<T> all, ToLongFunction<T> size) {
        List<List<T>> batches = new ArrayList<>();
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            long own = size.applyAsLong(all.get(i));
            if (i > start && (i - start == MAX_ROWS || bytes + own > MAX_BYTES)) {
                batches.add(all.subList(start, i));
                start = i;
                bytes = 0;
            }
            bytes += own;
        }
        if (start < all.size()) {
            batches.add(all.subList(start, all.size()));
        }
        return batches;
    }

    /** Upper bound of the length of a text in UTF-8. */
    static long bytes(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 ? 1 : 2;
            }
        }
        return bytes;
    }
}
