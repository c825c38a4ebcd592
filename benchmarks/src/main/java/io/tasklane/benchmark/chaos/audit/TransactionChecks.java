package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.worker.TaskKind;
import io.tasklane.benchmark.report.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Guarantee 3 with IN_TRANSACTION: what bodies wrote and enqueued, and the end of their tasks, committed together. */
final class TransactionChecks {

    private final History history;

    private final List<StoredTask> parents;

    private TransactionChecks(History history) {
        this.history = history;
        this.parents = history.tasks().stream()
                .filter(task -> task.kind().isInTransaction())
                .toList();
    }

    static List<Check> of(Evidence evidence) {
        TransactionChecks checks = new TransactionChecks(evidence.history());
        return List.of(checks.effects(), checks.children());
    }

    private Check effects() {
        Set<Long> wrong = new HashSet<>(this.history.effects().keySet());
        long runs = 0;
        for (StoredTask task : this.parents) {
            wrong.remove(task.number());
            runs += this.history.runsOf(task.number()).size();
            List<String> expected = task.hasSucceeded() && task.run() != null ? List.of(task.run()) : List.of();
            if (!expected.equals(this.history.effectsOf(task.number()).stream()
                    .map(Effect::run)
                    .toList())) {
                wrong.add(task.number());
            }
        }
        return Findings.none(
                "3. with IN_TRANSACTION the effect of each success is there exactly once",
                wrong,
                "%d tasks, %d runs".formatted(this.parents.size(), runs));
    }

    private Check children() {
        Set<Long> wrong = new HashSet<>();
        int children = 0;
        for (StoredTask task : this.history.tasks()) {
            if (task.kind() == TaskKind.CHILD) {
                children++;
                wrong.add(task.parent());
            }
        }
        for (StoredTask task : this.parents) {
            boolean expected = task.kind().hasChild() && task.hasSucceeded();
            if (this.history.tasksOf(-task.number()).size() == (expected ? 1 : 0)) {
                wrong.remove(task.number());
            } else {
                wrong.add(task.number());
            }
        }
        return Findings.none(
                "3. with IN_TRANSACTION the child of each success exists exactly once", wrong, children + " children");
    }
}
