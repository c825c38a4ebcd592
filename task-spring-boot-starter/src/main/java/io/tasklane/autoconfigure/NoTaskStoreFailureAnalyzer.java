package io.tasklane.autoconfigure;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains what is missing for a store: no database, or several to choose from. */
class NoTaskStoreFailureAnalyzer extends AbstractFailureAnalyzer<NoTaskStoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoTaskStoreException cause) {
        String tasks = cause.tasks().stream().map(task -> "    - " + task).collect(Collectors.joining("\n"));
        return cause.dataSources().isEmpty() ? noDataSource(tasks, cause) : severalDataSources(tasks, cause);
    }

    private static FailureAnalysis noDataSource(String tasks, NoTaskStoreException cause) {
        return new FailureAnalysis(
                ("A @Task method is stored as a row of the application's database and must never run inline, but there is"
                                + " no DataSource bean to store it in:\n\n%s")
                        .formatted(tasks),
                "Configure a database: add its JDBC driver and spring-boot-starter-jdbc, and set spring.datasource.url."
                        + " To try things out without one, set tasklane.store=memory: tasks are then lost when the"
                        + " process ends.",
                cause);
    }

    private static FailureAnalysis severalDataSources(String tasks, NoTaskStoreException cause) {
        return new FailureAnalysis(
                ("A @Task method is stored as a row of the application's database, but there are several DataSource beans"
                                + " (%s) and none of them is marked:\n\n%s")
                        .formatted(String.join(", ", cause.dataSources()), tasks),
                "Mark the one that holds the business data which tasks belong to, so that both commit together: with"
                        + " @TasklaneDataSource on its bean method, or with @Primary.",
                cause);
    }
}
