package io.tasklane.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong, so that one start shows all of it. */
final class PropertyProblems {

    private final List<PropertyProblem> problems = new ArrayList<>();

    /** Notes a problem. */
    void add(String property, @Nullable Object value, String reason) {
        this.problems.add(new PropertyProblem(property, value, reason));
    }

    /** Notes a problem unless the value is right. */
    void require(boolean valid, String property, @Nullable Object value, String reason) {
        if (!valid) {
            add(property, value, reason);
        }
    }

    /** Whether anything is noted. */
    boolean any() {
        return !this.problems.isEmpty();
    }

    /** Fails with everything noted, if there is anything. */
    void throwIfAny() {
        if (any()) {
            throw new InvalidTasklanePropertiesException(this.problems);
        }
    }
}
