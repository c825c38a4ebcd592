package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;

@ExtendWith(OutputCaptureExtension.class)
class EngineHealthTests {

    private final EngineHealth health = new EngineHealth();

    @Test
    void guarantee7_anOutageIsToldOnceHoweverManyThreadsSeeIt(CapturedOutput output) {
        for (int i = 0; i < 100; i++) {
            this.health.failed("tasklane-fetch-" + i % 5, new DataAccessResourceFailureException("connection refused"));
        }
        assertThat(told(output))
                .singleElement()
                .asString()
                .contains("WARN", "The task store cannot be reached", "tasklane-fetch-0", "connection refused");
        for (int i = 0; i < 5; i++) {
            this.health.succeeded("tasklane-fetch-" + i);
        }
        assertThat(told(output).skip(1)).singleElement().asString().contains("INFO", "works again");
    }

    @Test
    void guarantee7_aDatabaseThatRefusesIsNotOneThatCannotBeReached(CapturedOutput output) {
        this.health.failed("tasklane-fetch-a", new TransientDataAccessResourceException("disk full"));
        assertThat(output)
                .contains("The task store answers with an error", "disk full")
                .doesNotContain("be reached");
    }

    private static Stream<String> told(CapturedOutput output) {
        return output.getAll().lines().filter(line -> line.contains("EngineHealth"));
    }
}
