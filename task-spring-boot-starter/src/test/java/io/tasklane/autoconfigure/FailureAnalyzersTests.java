package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.annotation.InvalidTaskMethodsException;
import io.tasklane.annotation.TaskMethodProblem;
import io.tasklane.handler.DuplicateTaskNameException;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandlerRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

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

    private static TaskDefinition definition(String source) {
        return new TaskDefinition(
                "Mailer.send",
                List.of(),
                "default",
                null,
                null,
                TaskBackoff.UNSET,
                RetryableFailures.ALL,
                null,
                List.of(),
                null,
                source);
    }

    static FailureAnalysis analyze(Throwable failure) {
        Throwable thrown = new BeanCreationException("aBean", "cannot be created", failure);
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        FailureHandler.logging(
                                org.apache.commons.logging.LogFactory.getLog(FailureAnalyzersTests.class)))
                .stream()
                .filter(analyzer -> analyzer.getClass().getName().startsWith("io.tasklane"))
                .map(analyzer -> analyzer.analyze(thrown))
                .filter(analysis -> analysis != null)
                .findFirst()
                .orElseThrow();
    }
}
