package io.tasklane;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A step given as a function. */
record PayloadStep(String task, int fromVersion, Consumer<Map<String, @Nullable Object>> step)
        implements PayloadUpgrader {

    @Override
    public void upgrade(Map<String, @Nullable Object> arguments) {
        this.step.accept(arguments);
    }

    @Override
    public String toString() {
        return "PayloadUpgrader.of(\"%s\", %d, ...)".formatted(this.task, this.fromVersion);
    }
}
