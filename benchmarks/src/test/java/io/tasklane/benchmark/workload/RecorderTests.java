package io.tasklane.benchmark.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.report.Check;
import io.tasklane.benchmark.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link Recorder}. */
class RecorderTests {

    @TempDir
    private Path directory;

    @Test
    void passesWhenEachTaskRanOnceOrIsStillThere() throws IOException {
        assertThat(check(3, 1, 0, 1).passed()).isTrue();
    }

    @Test
    void passesWhenACompletionIsStillToBeWritten() throws IOException {
        assertThat(check(3, 3, 0, 1, 2).passed()).isTrue();
    }

    @Test
    void failsWhenATaskIsNowhere() throws IOException {
        Check check = check(3, 0, 0, 1);

        assertThat(check.passed()).isFalse();
        assertThat(check.detail()).contains("1 lost");
    }

    @Test
    void failsWhenATaskRanTwice() throws IOException {
        Check check = check(3, 1, 0, 1, 1);

        assertThat(check.passed()).isFalse();
        assertThat(check.detail()).contains("1 doubled");
    }

    private Check check(int enqueued, long unfinished, int... runs) throws IOException {
        Results results = new Results();
        try (Ledger ledger = Ledger.create(this.directory, enqueued, Duration.ZERO)) {
            for (int task : runs) {
                ledger.run(task);
            }
            new Recorder(results, "workload", "scenario", "peer").checkLedger(ledger, enqueued, unfinished);
        }
        return results.checks().get(0);
    }
}
