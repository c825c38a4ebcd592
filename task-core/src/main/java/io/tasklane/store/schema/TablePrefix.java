package io.tasklane.store.schema;

import java.util.regex.Pattern;

/**
 * What the names of all tables start with.
 *
 * @since 0.1.0
 */
public final class TablePrefix {

    /** The prefix unless another one is set. */
    public static final String DEFAULT = "tasklane_";

    // It ends up in SQL text, and the longest name of a table or index must stay below PostgreSQL's 63 characters.
    private static final Pattern VALID = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");

    private TablePrefix() {}

    /**
     * Checks a prefix.
     *
     * @return the prefix
     * @throws IllegalArgumentException if it is blank, too long or has other characters
     */
    public static String requireValid(String prefix) {
        if (!VALID.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    ("A table prefix (tasklane.table-prefix) has 1 to 40 letters, digits and '_' and"
                                    + " starts with a letter, not '%s'")
                            .formatted(prefix));
        }
        return prefix;
    }
}
