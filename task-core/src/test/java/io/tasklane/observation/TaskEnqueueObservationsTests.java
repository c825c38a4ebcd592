package io.tasklane.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.observation.ObservationRegistry;
import io.tasklane.TaskId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskEnqueueObservationsTests {

    private final RecordingHandler handler = new RecordingHandler();

    private final ObservationRegistry registry = ObservationRegistry.create();

    private final TaskEnqueueObservations observations = new TaskEnqueueObservations(this.registry, null);

    TaskEnqueueObservationsTests() {
        this.registry.observationConfig().observationHandler(this.handler);
    }

    @Test
    void tagsTaskAndQueueAndKeepsTheIdForTraces() {
        this.observations.observe("Mailer.welcome", "email", context -> {
            context.id(new TaskId(42));
            return "result";
        });

        assertThat(this.handler.only().getName()).isEqualTo("tasklane.task.enqueue");
        assertThat(this.handler.tags()).isEqualTo(Map.of("task", "Mailer.welcome", "queue", "email"));
        assertThat(this.handler
                        .only()
                        .getHighCardinalityKeyValue("tasklane.task.id")
                        .getValue())
                .isEqualTo("42");
    }

    @Test
    void headersThatATracerSetsAreStoredWithTheTask() {
        Map<String, String> headers = this.observations.observe("Mailer.welcome", "email", context -> {
            context.getSetter().set(context.getCarrier(), "traceparent", "00-abc");
            return context.headers();
        });

        assertThat(headers).containsEntry("traceparent", "00-abc");
    }

    @Test
    void failureOfTheEnqueueIsToldAndThrown() {
        IllegalArgumentException failure = new IllegalArgumentException("too large");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.observations.observe("Mailer.welcome", "email", context -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(this.handler.only().getError()).isSameAs(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "scope opened", "scope closed", "stop"})
    void handlerThatFailsHarmsNoCaller(String step) {
        this.handler.failAt(step);

        assertThat(this.observations.<String>observe("Mailer.welcome", "email", context -> "result"))
                .isEqualTo("result");
        assertThat(this.registry.getCurrentObservation()).isNull();
    }
}
