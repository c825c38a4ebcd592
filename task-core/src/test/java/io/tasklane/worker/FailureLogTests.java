package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskError;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailureLogTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTicker ticker = new ManualTicker();

    private final FailureLog log = new FailureLog(this.ticker);

    @Test
    void poison_ofManyFailuresTheFirstAreToldInFullAndTheOthersInOneLine(CapturedOutput output) {
        assertThat(fail("task", 100_000)).isEqualTo(FailureLog.IN_FULL);
        assertThat(this.log.tellDue()).isEqualTo(MINUTE.toNanos());
        assertThat(told(output)).isEmpty();
        this.ticker.advance(MINUTE);
        this.log.tellDue();
        assertThat(told(output))
                .singleElement()
                .asString()
                .contains(
                        "ERROR",
                        "Task 'task' failed 99990 more times within a minute, 99990 of them for good",
                        "no luck");
        assertThat(this.log.tellDue()).isEqualTo(EngineLoop.UNTIL_WOKEN);
    }

    @Test
    void poison_eachNameIsCountedForItself() {
        assertThat(fail("noisy", 1_000)).isEqualTo(FailureLog.IN_FULL);
        assertThat(fail("rare", 1)).isEqualTo(1);
    }

    @Test
    void poison_afterAMinuteFailuresAreToldInFullAgain(CapturedOutput output) {
        fail("task", 12);
        this.ticker.advance(MINUTE);
        assertThat(fail("task", 12)).isEqualTo(FailureLog.IN_FULL);
        assertThat(output).contains("failed 2 more times");
    }

    @Test
    void poison_ofFewFailuresNothingMoreIsTold(CapturedOutput output) {
        fail("task", FailureLog.IN_FULL);
        this.ticker.advance(MINUTE);
        this.log.tellDue();
        assertThat(told(output)).isEmpty();
    }

    @Test
    void poison_whatIsTriedAgainIsAWarning(CapturedOutput output) {
        TaskError error = new TaskError("java.io.IOException", "busy", "");
        IntStream.range(0, 11).forEach(i -> this.log.inFull("task", error, false));
        this.log.tellAll();
        assertThat(output).contains("WARN").contains("failed 1 more times within a minute, 0 of them for good");
    }

    private static Stream<String> told(CapturedOutput output) {
        return output.getAll().lines().filter(line -> line.contains("FailureLog"));
    }

    private long fail(String task, int times) {
        TaskError error = new TaskError("java.lang.IllegalStateException", "no luck", "");
        return IntStream.range(0, times)
                .filter(i -> this.log.inFull(task, error, true))
                .count();
    }
}
