package io.tasklane.annotation;

import org.jspecify.annotations.Nullable;

/**
 * Why a task method cannot work.
 *
 * @param bean name of the bean, null where it is not known
 * @param type name of the bean's class
 * @param method name and parameter types of the method
 * @param problem what is wrong
 * @param action what to do
 */
public record TaskMethodProblem(@Nullable String bean, String type, String method, String problem, String action) {

    /** All of it in one line. */
    @Override
    public String toString() {
        String where = this.bean != null ? "Bean '%s', ".formatted(this.bean) : "";
        return "%s%s.%s: %s. %s.".formatted(where, this.type, this.method, this.problem, this.action);
    }
}
