package io.tasklane.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link Ledger}. */
class LedgerTests {

    @TempDir
    private Path directory;

    @Test
    void countsRunsAndDifferentTasks() throws IOException {
        try (Ledger ledger = Ledger.create(this.directory, 3, Duration.ZERO)) {
            ledger.run(0);
            ledger.run(2);
            ledger.run(2);

            assertThat(ledger.distinct()).isEqualTo(2);
            assertThat(ledger.runs()).isEqualTo(3);
            assertThat(ledger.doubled()).isEqualTo(1);
            assertThat(ledger.startOf(1)).isZero();
            assertThat(ledger.starts(0, 3)).hasSize(2).isSorted();
        }
    }

    @Test
    void losesNothingBetweenThreads() throws IOException {
        int tasks = 20_000;
        try (Ledger ledger = Ledger.create(this.directory, tasks, Duration.ZERO)) {
            IntStream.range(0, 2 * tasks).parallel().forEach(task -> ledger.run(task / 2));

            assertThat(ledger.distinct()).isEqualTo(tasks);
            assertThat(ledger.doubled()).isEqualTo(tasks);
        }
    }

    @Test
    void isSharedThroughItsFile() throws IOException {
        try (Ledger ledger = Ledger.create(this.directory, 3, Duration.ZERO)) {
            Ledger other = Ledger.open(ledger.file(), 1);
            ledger.run(0);
            other.run(1);
            other.run(2);

            assertThat(ledger.byProcess(2)).containsExactly(1, 2);
            assertThat(other.distinct()).isEqualTo(3);
        }
    }

    @Test
    void otherProcessesWorkAsLong() throws IOException {
        try (Ledger ledger = Ledger.create(this.directory, 1, Duration.ofMillis(20))) {
            long start = System.nanoTime();
            Ledger.open(ledger.file(), 1).run(0);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        }
    }

    @Test
    void saysWhenTimeIsUp() throws IOException {
        try (Ledger ledger = Ledger.create(this.directory, 2, Duration.ZERO)) {
            ledger.run(0);

            assertThat(ledger.awaitDistinct(1, Duration.ZERO)).isTrue();
            assertThat(ledger.awaitDistinct(2, Duration.ofMillis(5))).isFalse();
        }
    }
}
