package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.Completion;
import io.tasklane.annotation.InvalidTaskMethodsException;
import io.tasklane.annotation.TaskMethodProblem;
import io.tasklane.handler.DuplicateTaskNameException;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.store.schema.DatabaseUnavailableException;
import io.tasklane.store.schema.SchemaValidationException;
import io.tasklane.store.schema.UnsupportedDatabaseException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.mock.env.MockEnvironment;

/** Each analyzer as Boot finds it, with the failure where Boot finds it: below the creation of a bean. */
class FailureAnalyzersTests {

    @Test
    void propertiesThatCannotWork() {
        FailureAnalysis analysis = analyze(new InvalidTasklanePropertiesException(List.of(
                new PropertyProblem("tasklane.worker.connections", 0, "use 1 to 100"),
                new PropertyProblem("tasklane.queues.a b", null, "rename the queue"))));

        assertThat(analysis.getDescription())
                .contains("- tasklane.worker.connections = 0: use 1 to 100", "- tasklane.queues.a b: rename the queue");
        assertThat(analysis.getAction()).contains("application.yml");
    }

    @Test
    void taskMethodsThatCannotWork() {
        FailureAnalysis analysis = analyze(new InvalidTaskMethodsException(List.of(
                new TaskMethodProblem("mailer", "Mailer", "send(String)", "it is final", "Remove final"),
                new TaskMethodProblem(null, "Other", "run()", "it is static", "Remove static"))));

        assertThat(analysis.getDescription())
                .contains("- bean 'mailer', Mailer.send(String): it is final", "- Other.run(): it is static");
        assertThat(analysis.getAction()).contains("- send(String): Remove final", "- run(): Remove static");
    }

    @Test
    void twoTasksWithOneName() {
        TaskHandlerRegistry handlers = new TaskHandlerRegistry();
        handlers.register(definition("first"), invocation -> null);
        DuplicateTaskNameException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                DuplicateTaskNameException.class, () -> handlers.register(definition("second"), invocation -> null));

        FailureAnalysis analysis = analyze(failure);

        assertThat(analysis.getDescription()).contains("'Mailer.send'", "first", "second");
        assertThat(analysis.getAction()).contains("@Task(name = ...)", "subclass per bean");
    }

    @Test
    void noDataSource() {
        FailureAnalysis analysis =
                analyze(new NoTaskStoreException(List.of("bean 'mailer', Mailer.send()"), List.of()));

        assertThat(analysis.getDescription()).contains("must never run inline", "- bean 'mailer', Mailer.send()");
        assertThat(analysis.getAction()).contains("spring.datasource.url", "tasklane.store=memory");
    }

    @Test
    void severalDataSources() {
        FailureAnalysis analysis = analyze(
                new NoTaskStoreException(List.of("bean 'mailer', Mailer.send()"), List.of("orders", "archive")));

        assertThat(analysis.getDescription()).contains("several DataSource beans (orders, archive)", "Mailer.send()");
        assertThat(analysis.getAction()).contains("@TasklaneDataSource", "@Primary");
    }

    @Test
    void databaseThatDoesNotAnswer() {
        FailureAnalysis analysis = analyze(
                new DatabaseUnavailableException(new SQLException("outer", new SQLException("connection refused"))));

        assertThat(analysis.getDescription()).contains("jdbc:postgresql://db.example/shop", "connection refused");
        assertThat(analysis.getAction()).contains("Start the database", "credentials");
    }

    @Test
    void databaseThatIsTooOld() {
        FailureAnalysis analysis = analyze(new UnsupportedDatabaseException("PostgreSQL", "9.4", "13"));

        assertThat(analysis.getDescription()).contains("PostgreSQL 9.4", "SKIP LOCKED", "PostgreSQL 13");
        assertThat(analysis.getAction()).isEqualTo("Update PostgreSQL to 13 or later.");
    }

    @Test
    void databaseThatIsUnknown() {
        FailureAnalysis analysis = analyze(new UnsupportedDatabaseException("Derby", "10", null));

        assertThat(analysis.getDescription()).contains("Derby 10");
        assertThat(analysis.getAction()).contains("@TasklaneDataSource", "TaskStore");
    }

    @Test
    void c9_tablesThatAreNotUpToDate() {
        FailureAnalysis analysis =
                analyze(new SchemaValidationException("tasklane_schema_history", List.of("V1__Tasks.sql"), List.of()));

        assertThat(analysis.getDescription()).contains("tasklane_schema_history", "missing migration V1__Tasks.sql");
        assertThat(analysis.getAction()).contains("tasklane.schema.mode=migrate");
    }

    private static TaskDefinition definition(String source) {
        return new TaskDefinition(
                "Mailer.send",
                List.of(),
                1,
                "default",
                null,
                null,
                TaskBackoff.UNSET,
                RetryableFailures.ALL,
                null,
                null,
                Completion.AFTER_RUN,
                null,
                List.of(),
                null,
                source);
    }

    static FailureAnalysis analyze(Throwable failure) {
        Throwable thrown = new BeanCreationException("aBean", "cannot be created", failure);
        MockEnvironment environment =
                new MockEnvironment().withProperty("spring.datasource.url", "jdbc:postgresql://db.example/shop");
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        ArgumentResolver.of(Environment.class, environment),
                        FailureHandler.handleMessage((message, ex) -> {
                            assertThat(message.get()).doesNotContain("io.tasklane");
                        }))
                .stream()
                .filter(analyzer -> analyzer.getClass().getName().startsWith("io.tasklane"))
                .map(analyzer -> analyzer.analyze(thrown))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
