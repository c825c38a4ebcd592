package io.tasklane.autoconfigure;

import io.tasklane.store.schema.UnsupportedDatabaseException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a database that tasks cannot be kept in. */
class UnsupportedDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedDatabaseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedDatabaseException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                cause.leastVersion() != null
                        ? "Update %s to %s or later.".formatted(cause.product(), cause.leastVersion())
                        : "Keep the tasks in a database that Tasklane knows: mark its DataSource with"
                                + " @TasklaneDataSource. Or define a bean of type TaskStore.",
                cause);
    }
}
