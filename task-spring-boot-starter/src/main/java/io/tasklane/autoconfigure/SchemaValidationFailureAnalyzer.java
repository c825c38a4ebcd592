package io.tasklane.autoconfigure;

import io.tasklane.store.schema.SchemaValidationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains tables that are not up to date. */
class SchemaValidationFailureAnalyzer extends AbstractFailureAnalyzer<SchemaValidationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SchemaValidationException cause) {
        StringBuilder description = new StringBuilder(
                "The tables of Tasklane are not those that this version needs (history in table %s):\n"
                        .formatted(cause.historyTable()));
        cause.missing()
                .forEach(script ->
                        description.append("\n    - missing migration ").append(script));
        cause.problems().forEach(problem -> description.append("\n    - ").append(problem));
        return new FailureAnalysis(
                description.toString(),
                "Start one instance with tasklane.schema.mode=migrate and a user that may change tables, or apply the"
                        + " scripts below db/tasklane in task-core to the database.",
                cause);
    }
}
