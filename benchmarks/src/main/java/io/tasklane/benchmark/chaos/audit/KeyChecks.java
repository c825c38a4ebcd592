package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.worker.TaskKind;
import io.tasklane.benchmark.report.Check;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the tasks of a key ran in order and one at a time: no run of one began before the run that counted of the one before it
 * had ended. Runs that did not count may go on beside: their workers are no longer trusted with the task.
 */
final class KeyChecks {

    private static final int KEYS = 5;

    private KeyChecks() {}

    static Check of(Evidence evidence) {
        List<StoredTask> keyed = evidence.history().tasks().stream()
                .filter(task -> task.kind() == TaskKind.KEYED)
                .sorted(Comparator.comparingLong(StoredTask::number))
                .toList();
        Set<Long> early = new HashSet<>();
        Map<Long, Run> before = new HashMap<>();
        for (StoredTask task : keyed) {
            List<Run> runs = evidence.history().runsOf(task.number());
            Run last = before.get(task.number() % KEYS);
            if (last != null && runs.stream().anyMatch(run -> run.startNanos() - last.endNanos() < 0)) {
                early.add(task.number());
            }
            runs.stream()
                    .filter(run -> run.id().equals(task.run()))
                    .forEach(counted -> before.put(task.number() % KEYS, counted));
        }
        return Findings.none(
                "6. tasks of a key ran in order and one at a time",
                early,
                "%d tasks of %d keys".formatted(keyed.size(), before.size()));
    }
}
