package io.tasklane.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A property that cannot work.
 *
 * @param property its name
 * @param value its value, null where the value is not the problem
 * @param reason what is wrong and what to do
 */
record PropertyProblem(String property, @Nullable Object value, String reason) {

    @Override
    public String toString() {
        return this.value == null
                ? "%s: %s".formatted(this.property, this.reason)
                : "%s = %s: %s".formatted(this.property, this.value, this.reason);
    }
}
