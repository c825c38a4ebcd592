package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What cannot work of queues, containers and routes: the start says which property it is, and what to do. */
class RefusedQueuePropertiesTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    TasklaneAnnotationAutoConfiguration.class,
                    TasklaneAutoConfiguration.class,
                    TasklaneJacksonAutoConfiguration.class,
                    TasklaneMemoryAutoConfiguration.class,
                    TasklaneWorkerAutoConfiguration.class))
            .withPropertyValues("tasklane.store=memory", "tasklane.queues.email=");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # unknown queues
            tasklane.worker.queues=emial | tasklane.worker.queues = 'emial' | Did you mean 'email'?
            tasklane.worker.containers.a.queues=nowhere | tasklane.worker.containers.a.queues = 'nowhere' | Known queues: default, email. Correct the name, or declare the queue with an entry tasklane.queues.nowhere
            tasklane.routes[0].task=*; tasklane.routes[0].queue=emial | tasklane.routes[0].queue = 'emial' | Did you mean 'email'?
            tasklane.tasks[Shop.tidy].queue=nowhere | tasklane.tasks."[Shop.tidy]".queue = 'nowhere' | declare the queue with an entry
            # invalid patterns
            tasklane.queues.email.tags=[ | tasklane.queues.email.tags | '['; allowed: at most 50 regular expressions of RE2
            tasklane.routes[0].pattern=(; tasklane.routes[0].queue=email | tasklane.routes[0].pattern | missing closing )
            # negative or absurd limits
            tasklane.queues.email.concurrency=-1 | tasklane.queues.email.concurrency | use 1 to 10000, or a range such as 2-10
            tasklane.queues.email.concurrency=10001 | tasklane.queues.email.concurrency | use 1 to 10000, or a range such as 2-10
            tasklane.queues.email.max-running=0 | tasklane.queues.email.max-running | allowed: 1 to 1000000
            tasklane.queues.email.rate-limit=-1 | tasklane.queues.email.rate-limit | allowed: 0 to 1000000
            tasklane.queues.email.rate-limit=1000001 | tasklane.queues.email.rate-limit | allowed: 0 to 1000000
            tasklane.queues.email.rate-interval=10ms | tasklane.queues.email.rate-interval | allowed: 100 ms to 365000 days
            tasklane.queues.email.rate-burst=0 | tasklane.queues.email.rate-burst | allowed: 1 to 1000000
            tasklane.queues.email.reserved-slots=-1 | tasklane.queues.email.reserved-slots | allowed: 0 to 10000
            tasklane.worker.containers.a.queues=email; tasklane.worker.containers.a.concurrency=0 | tasklane.worker.containers.a.concurrency | use 1 to
            # one queue in two containers
            tasklane.worker.containers.a.queues=email; tasklane.worker.containers.b.queues=email | tasklane.worker.containers.b.queues = 'email' | also in container 'a'; a queue belongs to one container, take it out of the other
            # more slots kept than there are
            tasklane.queues.email.reserved-slots=3; tasklane.queues.email.concurrency=2 | tasklane.queues.email.reserved-slots | at most its concurrency, which is 2
            tasklane.queues.email.reserved-slots=5; tasklane.worker.containers.a.queues=email,default; tasklane.worker.containers.a.concurrency=5 | tasklane.worker.containers.a.concurrency | need 6; raise it, or lower them
            """)
    void theStartNamesThePropertyAndTheRemedy(String properties, String property, String remedy) {
        this.context.withPropertyValues(properties.split("; ")).run(context -> {
            assertThat(context).hasFailed();
            Throwable failure = context.getStartupFailure();
            FailureAnalysis analysis = new InvalidTasklanePropertiesFailureAnalyzer().analyze(failure);
            assertThat(analysis).isNotNull();
            assertThat(analysis.getDescription()).contains("- " + property, remedy);
        });
    }
}
