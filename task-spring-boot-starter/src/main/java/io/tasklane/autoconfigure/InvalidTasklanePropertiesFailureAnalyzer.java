package io.tasklane.autoconfigure;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains properties that cannot work. */
class InvalidTasklanePropertiesFailureAnalyzer extends AbstractFailureAnalyzer<InvalidTasklanePropertiesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidTasklanePropertiesException cause) {
        String problems =
                cause.problems().stream().map(problem -> "    - " + problem).collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "Configuration properties of Tasklane cannot work:\n\n%s".formatted(problems),
                "Change these properties in application.yml, or wherever they are set, as each line says.",
                cause);
    }
}
