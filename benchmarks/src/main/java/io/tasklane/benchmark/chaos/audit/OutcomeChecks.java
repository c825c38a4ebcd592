package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.Order;
import io.tasklane.benchmark.report.Check;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Guarantees 2, 4 and 5: what is stored of each task in the end. */
final class OutcomeChecks {

    /** The default of {@code tasklane.recovery.max-recoveries}. */
    private static final int MAX_RECOVERIES = 3;

    private final Evidence evidence;

    private final History history;

    private OutcomeChecks(Evidence evidence) {
        this.evidence = evidence;
        this.history = evidence.history();
    }

    static List<Check> of(Evidence evidence) {
        OutcomeChecks checks = new OutcomeChecks(evidence);
        String tasks = evidence.history().tasks().size() + " tasks";
        return List.of(
                checks.none(
                        "2. no task is lost",
                        checks::isLost,
                        "%s, %d of them in flight at more faults than max-recoveries and FAILED"
                                .formatted(tasks, checks.stopped())),
                checks.none("4. no result was written by a worker that had lost its claim", checks::isStale, tasks),
                checks.none("5. no fault used up a retry", checks::hasLostRetry, checks.retries()),
                checks.delays());
    }

    private long stopped() {
        return this.history.tasks().stream().filter(this::isStopped).count();
    }

    private Check none(String what, Predicate<StoredTask> wrong, String detail) {
        Set<Long> numbers = new HashSet<>();
        this.history.tasks().stream().filter(wrong).forEach(task -> numbers.add(task.number()));
        return Findings.none(what, numbers, detail);
    }

    private boolean isLost(StoredTask task) {
        boolean done = task.hasSucceeded()
                && this.history.runsOf(task.number()).stream().anyMatch(Run::hasEnded);
        return !done && !task.mayHaveRun() && !isStopped(task);
    }

    /** Whether it has FAILED because it was put back as often as it may be, each time for a fault, and was in flight at another. */
    private boolean isStopped(StoredTask task) {
        return task.state().equals("FAILED")
                && task.recoveries() > MAX_RECOVERIES
                && this.history.runsOf(task.number()).stream()
                                .filter(run -> this.evidence.faults().stream().anyMatch(run::isInFlightAt))
                                .count()
                        > MAX_RECOVERIES;
    }

    /** The run whose result was written must not be one that had lost its claim to another one by then. */
    private boolean isStale(StoredTask task) {
        if (!task.hasSucceeded()) {
            return false;
        }
        List<Run> runs = this.history.runsOf(task.number());
        Optional<Run> counted =
                runs.stream().filter(run -> run.id().equals(task.run())).findFirst();
        return counted.isEmpty()
                || runs.stream().anyMatch(run -> run.isLaterThan(counted.get()))
                || (counted.get().worker() != 0 && counted.get().worker() != task.worker());
    }

    private boolean hasLostRetry(StoredTask task) {
        int planned = planned(task);
        if (!task.kind().isInTransaction() || task.recoveries() < MAX_RECOVERIES) {
            return task.retriesUsed() != planned;
        }
        // What loses its connection is put back, but more often than max-recoveries only as an attempt that failed.
        return task.retriesUsed() < planned
                || !IntStream.rangeClosed(planned + 1, task.retriesUsed())
                        .allMatch(attempt -> wasInFlightAtAFault(task, attempt));
    }

    private static int planned(StoredTask task) {
        return task.hasSucceeded() ? task.kind().failures() : 0;
    }

    private boolean wasInFlightAtAFault(StoredTask task, int attempt) {
        return this.history.runsOf(task.number()).stream()
                .filter(run -> run.attempt() == attempt)
                .anyMatch(run -> this.evidence.faults().stream().anyMatch(run::isInFlightAt));
    }

    private String retries() {
        int disconnected = this.history.tasks().stream()
                .filter(task -> task.kind().isInTransaction())
                .mapToInt(task -> Math.max(0, task.retriesUsed() - planned(task)))
                .sum();
        return "only planned failures did, and %d attempts that lost the connection of their transaction after max-recoveries"
                .formatted(disconnected);
    }

    private Check delays() {
        Map<Long, Order> orders = new HashMap<>();
        this.evidence.orders().stream()
                .filter(order -> !order.delay().isZero())
                .forEach(order -> orders.put(order.number(), order));
        return none(
                "no delayed task ran early, by the database's clock",
                task -> orders.containsKey(task.number()) && isEarly(task, orders.get(task.number())),
                orders.size() + " delayed orders");
    }

    private boolean isEarly(StoredTask task, Order order) {
        long due = task.createdMicros()
                + TimeUnit.NANOSECONDS.toMicros(order.delay().toNanos());
        return this.history.runsOf(task.number()).stream()
                .anyMatch(run -> run.claimedMicros() > 0 && run.claimedMicros() < due);
    }
}
