package io.tasklane.autoconfigure;

import io.tasklane.store.schema.DatabaseUnavailableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** Explains a database that gives no connection when the application starts. */
class DatabaseUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseUnavailableException> {

    private static final String URL_PROPERTY = "spring.datasource.url";

    private final Environment environment;

    DatabaseUnavailableFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DatabaseUnavailableException cause) {
        String url = this.environment.getProperty(URL_PROPERTY);
        return new FailureAnalysis(
                "The database that tasks are kept in gives no connection%s: %s"
                        .formatted(
                                url != null ? " (%s=%s)".formatted(URL_PROPERTY, PrintableUrl.of(url)) : "",
                                NestedExceptionUtils.getMostSpecificCause(cause)),
                "Start the database, or correct the URL and the credentials of the DataSource. Once the application runs,"
                        + " workers wait for a database that is away; only the start needs it.",
                cause);
    }
}
