package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.fault.FaultWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs beyond the one that counted, each with the fault that explains it. */
public final class Repetitions {

    private final List<Repetition> all = new ArrayList<>();

    private Repetitions() {}

    /** Finds them. */
    public static Repetitions of(Evidence evidence) {
        Repetitions found = new Repetitions();
        evidence.history().runs().forEach((number, runs) -> {
            Map<Integer, List<Run>> attempts = new HashMap<>();
            runs.forEach(run -> attempts.computeIfAbsent(run.attempt(), attempt -> new ArrayList<>())
                    .add(run));
            attempts.values().forEach(attempt -> found.add(evidence, attempt, runs));
        });
        return found;
    }

    private void add(Evidence evidence, List<Run> attempt, List<Run> runs) {
        boolean disconnected = isDisconnected(evidence.history(), attempt.get(0));
        List<Run> candidates = disconnected ? runs : attempt;
        Run counted = counted(evidence.history(), candidates);
        for (Run run : attempt) {
            if (run != counted) {
                Run next = next(run, candidates).orElse(counted);
                Optional<FaultWindow> reason = reason(evidence, run, next);
                this.all.add(new Repetition(run, next, reason));
            }
        }
    }

    /** The run that took its place: the first that was claimed after it. */
    private static Optional<Run> next(Run run, List<Run> candidates) {
        return candidates.stream()
                .filter(other -> run.claimedMicros() > 0 && other.claimedMicros() > run.claimedMicros())
                .min(Comparator.comparingLong(Run::claimedMicros));
    }

    /** The last fault at which it was in flight before the next one was claimed: the earlier ones it had survived. */
    private static Optional<FaultWindow> reason(Evidence evidence, Run run, Run next) {
        return evidence.faults().stream()
                .filter(run::isInFlightAt)
                .filter(fault -> next.claimedMicros() == 0 || fault.begin().micros() <= next.claimedMicros())
                .max(Comparator.comparingLong(fault -> fault.begin().nanos()));
    }

    /** The run whose outcome was written; where that cannot be told, the last one. */
    private static Run counted(History history, List<Run> candidates) {
        for (StoredTask task : history.tasksOf(candidates.get(0).number())) {
            for (Run run : candidates) {
                if (run.id().equals(task.run())) {
                    return run;
                }
            }
        }
        return candidates.get(candidates.size() - 1);
    }

    /** Whether a run was of an attempt that failed, by no plan, because its transaction was gone: then none of it counted. */
    private static boolean isDisconnected(History history, Run run) {
        return run.kind().isInTransaction()
                && run.attempt() > run.kind().failures()
                && history.tasksOf(run.number()).stream().anyMatch(task -> task.retriesUsed() >= run.attempt());
    }

    /** All of them. */
    public List<Repetition> all() {
        return this.all;
    }

    /** How many a fault explains. */
    long by(String fault) {
        return this.all.stream()
                .filter(repetition -> repetition.reason().isPresent()
                        && repetition.reason().get().fault().equals(fault))
                .count();
    }

    /**
     * A run that did not count.
     *
     * @param run the run
     * @param next the one that took its place
     * @param reason the fault at which it was in flight, empty if there was none
     */
    public record Repetition(Run run, Run next, Optional<FaultWindow> reason) {

        @Override
        public String toString() {
            return "%s %d ran on %s from %.3f s to %s, and again on %s from %.3f s: %s"
                    .formatted(
                            this.run.kind(),
                            this.run.number(),
                            this.run.process(),
                            this.run.startNanos() / 1e9,
                            this.run.hasEnded() ? "%.3f s".formatted(this.run.endNanos() / 1e9) : "no end",
                            this.next.process(),
                            this.next.startNanos() / 1e9,
                            this.reason
                                    .map(fault -> "in flight at " + fault.fault())
                                    .orElse("NO REASON"));
        }
    }
}
