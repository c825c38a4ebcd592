package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.fault.FaultWindow;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long the tasks of a worker that fell silent had to wait until another one claimed them. */
final class PickUps {

    private PickUps() {}

    /** Returns the longest wait after faults that silence a worker. */
    static Optional<Duration> longest(Evidence evidence, Collection<FaultWindow> faults) {
        return faults.stream()
                .filter(FaultWindow::silences)
                .flatMap(fault -> evidence.history().runs().values().stream()
                        .map(runs -> pickUp(fault, runs))
                        .flatMap(Optional::stream))
                .max(Comparator.naturalOrder());
    }

    private static Optional<Duration> pickUp(FaultWindow fault, List<Run> runs) {
        long begin = fault.begin().micros();
        return runs.stream()
                .filter(run -> run.runsAtBeginOf(fault))
                .findFirst()
                .flatMap(lost -> runs.stream()
                        .filter(run -> run.claimedMicros() > begin && run.attempt() == lost.attempt())
                        .map(run -> Duration.of(run.claimedMicros() - begin, ChronoUnit.MICROS))
                        .min(Comparator.naturalOrder()));
    }
}
