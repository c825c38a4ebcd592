package io.tasklane.worker;

import io.tasklane.QueueSpec;
import java.util.List;

/** Checks names in settings. */
final class QueueNames {

    private QueueNames() {}

    static void requireValid(String what, String name) {
        try {
            QueueSpec.requireValidName(name);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                    "%s '%s': a name has 1 to 100 letters, digits, '_' and '-'".formatted(what, name), ex);
        }
    }

    /** A list of names, or {@code *} alone. */
    static void requireSelection(String where, List<String> queues) {
        if (queues.isEmpty()) {
            throw new IllegalArgumentException(where + " names no queue; list queues, or '*' for all");
        }
        if (queues.contains(WorkerContainerSettings.ALL)) {
            if (queues.size() > 1) {
                throw new IllegalArgumentException(where + " mixes '*' with names: " + queues);
            }
            return;
        }
        queues.forEach(queue -> requireValid(where + ", queue", queue));
    }
}
