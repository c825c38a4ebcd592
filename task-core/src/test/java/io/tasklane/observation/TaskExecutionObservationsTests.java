package io.tasklane.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskExecutionObservationsTests {

    private final RecordingHandler handler = new RecordingHandler();

    private final ObservationRegistry registry = ObservationRegistry.create();

    private final TaskExecutionObservations observations = new TaskExecutionObservations(this.registry, null);

    TaskExecutionObservationsTests() {
        this.registry.observationConfig().observationHandler(this.handler);
    }

    @ParameterizedTest
    @EnumSource
    void tagsTaskQueueAndOutcome(TaskExecutionOutcome outcome) {
        observe(outcome, null);

        assertThat(this.handler.only().getName()).isEqualTo("tasklane.task.execution");
        assertThat(this.handler.tags())
                .isEqualTo(Map.of("task", "Mailer.welcome", "queue", "email", "outcome", outcome.tag()));
    }

    @Test
    void failureOfTheBodyIsTold() {
        IllegalStateException failure = new IllegalStateException("smtp away");

        observe(TaskExecutionOutcome.RETRIED, failure);

        assertThat(this.handler.only().getError()).isSameAs(failure);
    }

    @Test
    void idAndAttemptGoToTracesOnly() {
        observe(TaskExecutionOutcome.SUCCEEDED, null);

        assertThat(this.handler
                        .only()
                        .getHighCardinalityKeyValue("tasklane.task.id")
                        .getValue())
                .isEqualTo("42");
        assertThat(this.handler
                        .only()
                        .getHighCardinalityKeyValue("tasklane.task.attempt")
                        .getValue())
                .isEqualTo("2");
    }

    @Test
    void headersOfTheProducerAreReadable() {
        observe(TaskExecutionOutcome.SUCCEEDED, null);

        TaskExecutionObservationContext context = (TaskExecutionObservationContext) this.handler.only();
        assertThat(context.getGetter().get(context.getCarrier(), "traceparent")).isEqualTo("00-abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "scope opened", "error", "scope closed", "stop"})
    void handlerThatFailsHarmsNoTask(String step) {
        this.handler.failAt(step);

        assertThat(observe(TaskExecutionOutcome.FAILED, new IllegalStateException("smtp away")))
                .isEqualTo("result");
        assertThat(this.registry.getCurrentObservation()).isNull();
    }

    private String observe(TaskExecutionOutcome outcome, Throwable failure) {
        return this.observations.observe(new Running(), Map.of("traceparent", "00-abc"), report -> {
            report.ended(outcome, failure);
            return "result";
        });
    }

    private static final class Running implements TaskContext {

        @Override
        public TaskId id() {
            return new TaskId(42);
        }

        @Override
        public String task() {
            return "Mailer.welcome";
        }

        @Override
        public String queue() {
            return "email";
        }

        @Override
        public int attempt() {
            return 2;
        }

        @Override
        public int recoveries() {
            return 0;
        }

        @Override
        public boolean isLeaseLost() {
            return false;
        }

        @Override
        public boolean isCancellationRequested() {
            return false;
        }
    }
}
