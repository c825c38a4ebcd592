package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.worker.TaskKind;
import io.tasklane.benchmark.report.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Guarantee 3: how often bodies ran. */
final class RepetitionChecks {

    private RepetitionChecks() {}

    static List<Check> of(Evidence evidence, Repetitions repetitions) {
        return List.of(again(repetitions), once(evidence), onceFailed(evidence));
    }

    private static Check again(Repetitions repetitions) {
        Set<Long> unexplained = new HashSet<>();
        repetitions.all().stream()
                .filter(repetition -> repetition.reason().isEmpty())
                .forEach(repetition -> unexplained.add(repetition.run().number()));
        return Findings.none(
                "3. what ran again was in flight at a fault",
                unexplained,
                repetitions.all().size() + " runs did not count");
    }

    private static Check once(Evidence evidence) {
        Set<Long> again = new HashSet<>();
        int tasks = 0;
        for (StoredTask task : evidence.history().tasks()) {
            if (task.kind() == TaskKind.ONCE) {
                tasks++;
                if (evidence.history().runsOf(task.number()).size() > 1) {
                    again.add(task.number());
                }
            }
        }
        return Findings.none("3. with BEFORE_RUN no body started twice", again, tasks + " tasks");
    }

    private static Check onceFailed(Evidence evidence) {
        Set<Long> undisturbed = new HashSet<>();
        int failed = 0;
        for (StoredTask task : evidence.history().tasks()) {
            if (task.mayHaveRun()) {
                failed++;
                List<Run> runs = evidence.history().runsOf(task.number());
                // Without a run it was between its mark and the first line of its body.
                if (!runs.isEmpty() && evidence.faults().stream().noneMatch(runs.get(0)::isInFlightAt)) {
                    undisturbed.add(task.number());
                }
            }
        }
        return Findings.none(
                "3. with BEFORE_RUN what failed was in flight at a fault", undisturbed, failed + " may have run");
    }
}
