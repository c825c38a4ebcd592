package io.tasklane.handler;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the key of a task of its arguments. Its text is what was declared. */
public interface KeyExpression {

    /**
     * Returns the value whose text is the key.
     *
     * @param arguments values by parameter name
     * @return the value, null for no key
     * @throws RuntimeException if that is not possible with these arguments
     */
    @Nullable
    Object evaluate(Map<String, @Nullable Object> arguments);
}
