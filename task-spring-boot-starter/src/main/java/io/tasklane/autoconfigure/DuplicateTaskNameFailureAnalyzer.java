package io.tasklane.autoconfigure;

import io.tasklane.handler.DuplicateTaskNameException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains two tasks with one name. */
class DuplicateTaskNameFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateTaskNameException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DuplicateTaskNameException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Rows name a task by its name alone, so it must be unique: give one of the two another name with"
                        + " @Task(name = ...). Several beans of one class need a subclass per bean.",
                cause);
    }
}
