package io.tasklane.serializer;

import io.tasklane.PayloadUpgrader;
import io.tasklane.TaskPayloadException;
import io.tasklane.handler.TaskDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of tasks as the code that is here expects them, whichever version of it has stored them. Thread-safe. */
public final class TaskPayloads {

    private final TaskSerializer serializer;

    private final PayloadUpgrades upgrades;

    /**
     * Creates it.
     *
     * @param serializer payload format
     * @param upgrades what brings older payloads up to date
     */
    public TaskPayloads(TaskSerializer serializer, PayloadUpgrades upgrades) {
        this.serializer = serializer;
        this.upgrades = upgrades;
    }

    /**
     * Reads the arguments of a stored task.
     *
     * @param definition the task as it is here
     * @param task its name as stored, for messages
     * @param version version of the payload
     * @param payload the payload
     * @return one value per parameter, null in the place of an injected one
     * @throws TaskPayloadException if the payload is newer than the code here, is older and cannot be brought up to date, or
     *     cannot be read
     */
    public @Nullable Object[] arguments(TaskDefinition definition, String task, int version, String payload) {
        String current = version == definition.version() ? payload : upgraded(definition, task, version, payload);
        return this.serializer.read(task, definition.parameters(), current);
    }

    private String upgraded(TaskDefinition definition, String task, int version, String payload) {
        int wanted = definition.version();
        if (version > wanted) {
            throw new TaskPayloadException(
                    "The payload of task '%s' is of version %d, newer than version %d of the code here: a node with newer code runs it"
                            .formatted(task, version, wanted));
        }
        List<PayloadUpgrader> chain = this.upgrades.from(definition, version);
        if (chain.size() < wanted - version) {
            throw new TaskPayloadException(
                    "The payload of task '%s' is of version %d, the code here of version %d, and no PayloadUpgrader bean reads version %d: add one"
                            .formatted(task, version, wanted, version + chain.size()));
        }
        Map<String, @Nullable Object> arguments = this.serializer.read(task, payload);
        for (PayloadUpgrader step : chain) {
            apply(step, task, arguments);
        }
        return this.serializer.write(task, arguments);
    }

    private static void apply(PayloadUpgrader step, String task, Map<String, @Nullable Object> arguments) {
        try {
            step.upgrade(arguments);
        } catch (RuntimeException ex) {
            throw new TaskPayloadException("%s failed on a payload of task '%s': %s".formatted(step, task, ex), ex);
        }
    }
}
