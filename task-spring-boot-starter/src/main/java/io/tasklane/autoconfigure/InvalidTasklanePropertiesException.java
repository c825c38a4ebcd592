package io.tasklane.autoconfigure;

import io.tasklane.TaskException;
import java.util.List;
import java.util.stream.Collectors;

/** Properties below {@code tasklane} that cannot work: all of them, in one report. */
class InvalidTasklanePropertiesException extends TaskException {

    private final List<PropertyProblem> problems;

    InvalidTasklanePropertiesException(List<PropertyProblem> problems) {
        super(problems.stream().map(PropertyProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    List<PropertyProblem> problems() {
        return this.problems;
    }
}
