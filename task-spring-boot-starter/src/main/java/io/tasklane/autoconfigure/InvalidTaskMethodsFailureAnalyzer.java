package io.tasklane.autoconfigure;

import io.tasklane.annotation.InvalidTaskMethodsException;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains task methods that cannot work. */
class InvalidTaskMethodsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidTaskMethodsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidTaskMethodsException cause) {
        String problems = cause.problems().stream()
                .map(problem -> "    - %s%s.%s: %s"
                        .formatted(
                                problem.bean() != null ? "bean '%s', ".formatted(problem.bean()) : "",
                                problem.type(),
                                problem.method(),
                                problem.problem()))
                .collect(Collectors.joining("\n"));
        String actions = cause.problems().stream()
                .map(problem -> "    - %s: %s".formatted(problem.method(), problem.action()))
                .distinct()
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "Methods annotated with @Task cannot work:\n\n" + problems, "For each method:\n\n" + actions, cause);
    }
}
