package io.tasklane.autoconfigure;

import io.tasklane.TaskException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Task methods, or properties, name queues that are declared neither in the configuration nor in the database. */
class UnknownTaskQueueException extends TaskException {

    private final Map<String, String> queueBySource;

    private final List<String> known;

    /**
     * Creates the exception.
     *
     * @param queueBySource the unknown queue by what names it: bean and method, or a property
     * @param known names of the queues that exist
     */
    UnknownTaskQueueException(Map<String, String> queueBySource, List<String> known) {
        super("Unknown queues: %s. Known queues: %s".formatted(new TreeMap<>(queueBySource), String.join(", ", known)));
        this.queueBySource = new TreeMap<>(queueBySource);
        this.known = List.copyOf(known);
    }

    Map<String, String> queueBySource() {
        return this.queueBySource;
    }

    List<String> known() {
        return this.known;
    }
}
