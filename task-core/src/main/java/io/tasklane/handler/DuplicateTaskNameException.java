package io.tasklane.handler;

import io.tasklane.TaskException;

/** Two tasks of one application have the same name or alias. */
public class DuplicateTaskNameException extends TaskException {

    private final String name;

    DuplicateTaskNameException(String name, String first, String second) {
        super("Task name '%s' is used by %s and by %s; give one of them another @Task(name = ...)"
                .formatted(name, first, second));
        this.name = name;
    }

    /** The name that is used twice. */
    public String name() {
        return this.name;
    }
}
