package io.tasklane.annotation;

import io.tasklane.TaskException;
import java.util.List;
import java.util.stream.Collectors;

/** Methods annotated with {@code @Task} that cannot work; all of them, each with what to do. */
public class InvalidTaskMethodsException extends TaskException {

    private final transient List<TaskMethodProblem> problems;

    /**
     * Creates the exception.
     *
     * @param problems what is wrong, at least one
     */
    public InvalidTaskMethodsException(List<TaskMethodProblem> problems) {
        super(problems.stream()
                .map(problem -> "\n  - " + problem)
                .collect(Collectors.joining("", "Task methods that cannot work (%d):".formatted(problems.size()), "")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong. */
    public List<TaskMethodProblem> problems() {
        return this.problems;
    }
}
