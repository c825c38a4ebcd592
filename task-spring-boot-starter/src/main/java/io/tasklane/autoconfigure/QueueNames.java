package io.tasklane.autoconfigure;

import io.tasklane.QueueSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Checks names of queues in properties. */
final class QueueNames {

    /** All queues, now and later. */
    static final String ALL = "*";

    private QueueNames() {}

    /** Checks one name that a property contains. */
    static void check(PropertyProblems problems, String property, String name) {
        try {
            QueueSpec.requireValidName(name);
        } catch (IllegalArgumentException ex) {
            problems.add(property, "'" + name + "'", ex.getMessage() + "; rename it");
        }
    }

    /** Checks that no two names differ only in case. */
    static void checkCase(PropertyProblems problems, String property, Collection<String> names) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null && !other.equals(name)) {
                problems.add(
                        property + "." + name,
                        null,
                        "differs from queue '%s' only in case; keep one of the two".formatted(other));
            }
        }
    }
}
