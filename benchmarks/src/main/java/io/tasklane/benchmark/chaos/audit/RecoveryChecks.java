package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.fault.FaultWindow;
import io.tasklane.benchmark.report.Check;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guarantee 7, and how soon others take over. */
final class RecoveryChecks {

    /** Within which the tasks of a silent worker must be claimed by another one, with the defaults. */
    private static final Duration PICK_UP = Duration.ofSeconds(15);

    /** Within which all nodes must run tasks again after a fault. */
    private static final Duration RESUMED = Duration.ofSeconds(30);

    private RecoveryChecks() {}

    static List<Check> of(Evidence evidence) {
        Check resumed = resumed(evidence);
        return evidence.faults().stream().anyMatch(FaultWindow::silences)
                ? List.of(resumed, pickUp(evidence))
                : List.of(resumed);
    }

    private static Check resumed(Evidence evidence) {
        Duration longest = evidence.faults().stream()
                .map(FaultWindow::resumed)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new Check(
                "7. after each fault all workers went on by themselves",
                longest.compareTo(RESUMED) <= 0,
                "after %s at most".formatted(seconds(longest)));
    }

    private static Check pickUp(Evidence evidence) {
        Optional<Duration> longest = PickUps.longest(evidence, evidence.faults());
        return new Check(
                "the tasks of a silent worker were picked up within " + seconds(PICK_UP),
                longest.isPresent() && longest.get().compareTo(PICK_UP) <= 0,
                longest.map(time -> "after %s at most".formatted(seconds(time))).orElse("none was in flight"));
    }

    static String seconds(Duration time) {
        return "%.1f s".formatted(time.toNanos() / 1e9);
    }
}
