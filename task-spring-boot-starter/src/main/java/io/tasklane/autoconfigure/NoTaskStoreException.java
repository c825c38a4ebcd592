package io.tasklane.autoconfigure;

import io.tasklane.TaskException;
import java.util.List;

/** There are task methods, but no store to keep their tasks in. */
class NoTaskStoreException extends TaskException {

    private final List<String> tasks;

    private final List<String> dataSources;

    /**
     * Creates the exception.
     *
     * @param tasks where the tasks are declared
     * @param dataSources names of the {@code DataSource} beans; empty, or several without one to prefer
     */
    NoTaskStoreException(List<String> tasks, List<String> dataSources) {
        super("No store for the tasks of %s; DataSource beans: %s".formatted(tasks, dataSources));
        this.tasks = List.copyOf(tasks);
        this.dataSources = List.copyOf(dataSources);
    }

    List<String> tasks() {
        return this.tasks;
    }

    List<String> dataSources() {
        return this.dataSources;
    }
}
