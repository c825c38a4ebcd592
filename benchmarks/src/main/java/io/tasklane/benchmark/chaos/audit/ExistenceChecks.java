package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.Order;
import io.tasklane.benchmark.chaos.Order.Fate;
import io.tasklane.benchmark.chaos.worker.TaskKind;
import io.tasklane.benchmark.report.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Guarantee 1: a task exists if and only if the transaction that enqueued it committed, and never starts before that. */
final class ExistenceChecks {

    private final Evidence evidence;

    private final History history;

    private ExistenceChecks(Evidence evidence) {
        this.evidence = evidence;
        this.history = evidence.history();
    }

    static List<Check> of(Evidence evidence) {
        ExistenceChecks checks = new ExistenceChecks(evidence);
        return List.of(checks.acknowledged(), checks.together(), checks.notBefore());
    }

    private Check acknowledged() {
        Set<Long> gone = new HashSet<>();
        for (Order order : this.evidence.orders()) {
            if (order.fate() == Fate.COMMITTED && !this.history.orders().contains(order.number())) {
                gone.add(order.number());
            }
        }
        return Findings.none(
                "1. no acknowledged commit is gone",
                gone,
                this.evidence.orders().size() + " orders");
    }

    private Check together() {
        Set<Long> apart = new HashSet<>(this.history.orders());
        apart.removeIf(number -> this.history.tasksOf(number).size() == 1);
        this.history.tasks().stream()
                .filter(task -> task.kind() != TaskKind.CHILD)
                .map(StoredTask::number)
                .filter(number -> !this.history.orders().contains(number))
                .forEach(apart::add);
        return Findings.none(
                "1. a task exists if and only if its transaction committed",
                apart,
                "%d committed, %d rolled back, %d whose answer was lost"
                        .formatted(this.history.orders().size(), count(Fate.ROLLED_BACK), count(Fate.UNKNOWN)));
    }

    private Check notBefore() {
        Set<Long> early = new HashSet<>();
        this.history.runs().forEach((number, runs) -> {
            if (runs.stream().anyMatch(run -> isWithoutCommit(run, number))) {
                early.add(number);
            }
        });
        for (Order order : this.evidence.orders()) {
            if (this.history.runsOf(order.number()).stream()
                    .anyMatch(run -> run.startNanos() - order.commitNanos() < 0)) {
                early.add(order.number());
            }
        }
        return Findings.none(
                "1. nothing ran before its commit, or without one", early, this.history.runCount() + " runs");
    }

    /** The effect of a parent commits with its child. */
    private boolean isWithoutCommit(Run run, long number) {
        return run.kind() == TaskKind.CHILD
                ? this.history.effectsOf(-number).stream()
                        .noneMatch(effect -> effect.writtenNanos() - run.startNanos() < 0)
                : !this.history.orders().contains(number);
    }

    private long count(Fate fate) {
        return this.evidence.orders().stream()
                .filter(order -> order.fate() == fate)
                .count();
    }
}
