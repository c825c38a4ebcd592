package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.fault.FaultWindow;
import io.tasklane.benchmark.chaos.worker.TaskKind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long the tasks of a worker that fell silent had to wait until another one claimed them. Left out are those that may have to
 * wait for longer: for more urgent ones, and, with a second worker that died under them, for other suspects.
 */
final class PickUps {

    /** Silence after which a worker is dead, with the defaults. */
    private static final Duration DEAD_AFTER = Duration.ofSeconds(10);

    private PickUps() {}

    /** Returns the longest wait after faults that silence a worker. */
    static Optional<Duration> longest(Evidence evidence, Collection<FaultWindow> faults) {
        return faults.stream()
                .filter(FaultWindow::silences)
                .flatMap(fault -> evidence.history().runs().values().stream()
                        .map(runs -> pickUp(evidence, fault, runs))
                        .flatMap(Optional::stream))
                .max(Comparator.naturalOrder());
    }

    private static boolean mayBeSuspect(Evidence evidence, Run lost, List<Run> runs) {
        return runs.stream()
                .filter(run -> run.claimedMicros() < lost.claimedMicros())
                .anyMatch(run -> evidence.faults().stream()
                        .anyMatch(fault -> fault.lasts(DEAD_AFTER) && run.isInFlightAt(fault)));
    }

    private static Optional<Duration> pickUp(Evidence evidence, FaultWindow fault, List<Run> runs) {
        long begin = fault.begin().micros();
        return runs.stream()
                .filter(run -> run.runsAtBeginOf(fault))
                .findFirst()
                .filter(lost -> lost.kind() != TaskKind.ORDERED && !mayBeSuspect(evidence, lost, runs))
                .flatMap(lost -> runs.stream()
                        .filter(run -> run.claimedMicros() > begin && run.attempt() == lost.attempt())
                        .map(run -> Duration.of(run.claimedMicros() - begin, ChronoUnit.MICROS))
                        .min(Comparator.naturalOrder()));
    }
}
