package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.Order;
import io.tasklane.benchmark.chaos.Order.Fate;
import io.tasklane.benchmark.chaos.fault.FaultWindow;
import io.tasklane.benchmark.chaos.worker.TaskKind;
import io.tasklane.benchmark.report.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Whether what is claimed was always the most urgent of what was committed: when a task was claimed, none with a higher priority,
 * or an earlier place, was waiting. Looks at one queue, outside the times in which faults were at work: then a task can be held by a
 * claim whose answer was lost, which no run tells of.
 */
final class ClaimOrder {

    /** A claim carries the time at which its statement began, and may lock its rows somewhat later. */
    private static final long TOLERANCE = TimeUnit.SECONDS.toMicros(1);

    /** Until whatever a fault has left behind is put back. */
    private static final long SETTLED = TimeUnit.SECONDS.toMicros(5);

    private final Evidence evidence;

    private final Map<Long, Order> orders = new HashMap<>();

    private ClaimOrder(Evidence evidence) {
        this.evidence = evidence;
        evidence.orders().forEach(order -> this.orders.put(order.number(), order));
    }

    static Check check(Evidence evidence) {
        return new ClaimOrder(evidence).check();
    }

    private Check check() {
        List<Claim> claims = claims();
        Deque<Claim> coming = new ArrayDeque<>(claims.stream()
                .filter(this::waitedUntouched)
                .sorted(Comparator.comparingLong(Claim::committedMicros))
                .toList());
        TreeMap<Claim, Claim> waiting = new TreeMap<>(Claim.MOST_URGENT);
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        int overtakers = 0;
        for (Claim claim : claims) {
            if (isDisturbed(claim.claimedMicros(), claim.claimedMicros())) {
                continue;
            }
            while (!coming.isEmpty() && coming.peek().committedMicros() <= claim.claimedMicros()) {
                Claim next = coming.remove();
                waiting.put(next, next);
            }
            waiting.values().removeIf(other -> other.claimedMicros() - TOLERANCE <= claim.claimedMicros());
            compared += waiting.size();
            overtakers += waiting.isEmpty() ? 0 : 1;
            if (!waiting.isEmpty() && Claim.MOST_URGENT.compare(waiting.firstKey(), claim) < 0) {
                wrong.add("%s was claimed before %s".formatted(claim, waiting.firstKey()));
            }
        }
        String detail = "%d claims while others waited, %d comparisons, %d wrong%s"
                .formatted(overtakers, compared, wrong.size(), wrong.isEmpty() ? "" : ", such as " + wrong.get(0));
        return new Check(
                "6. claimed by priority, then in the order of insertion", wrong.isEmpty() && compared > 0, detail);
    }

    private List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        this.evidence.history().runs().forEach((number, runs) -> {
            Order order = this.orders.get(number);
            for (Run run : runs) {
                if (order != null && run.kind() == TaskKind.ORDERED && run.claimedMicros() > 0) {
                    claims.add(new Claim(order, run));
                }
            }
        });
        claims.sort(Comparator.comparingLong(Claim::claimedMicros));
        return claims;
    }

    private boolean waitedUntouched(Claim claim) {
        List<StoredTask> tasks = this.evidence.history().tasksOf(claim.order().number());
        return claim.order().fate() == Fate.COMMITTED
                && this.evidence.history().runsOf(claim.order().number()).size() == 1
                && tasks.stream().noneMatch(StoredTask::attempted)
                && !isDisturbed(claim.committedMicros(), claim.claimedMicros());
    }

    private boolean isDisturbed(long fromMicros, long toMicros) {
        for (FaultWindow fault : this.evidence.faults()) {
            if (fault.begin().micros() <= toMicros && fault.end().micros() + SETTLED >= fromMicros) {
                return true;
            }
        }
        return false;
    }

    private record Claim(Order order, Run run) {

        static final Comparator<Claim> MOST_URGENT = Comparator.comparingInt(
                        (Claim claim) -> -claim.order().priority())
                .thenComparingLong(claim -> claim.run().seq());

        long committedMicros() {
            return this.order.knownMicros();
        }

        long claimedMicros() {
            return this.run.claimedMicros();
        }

        @Override
        public String toString() {
            return "task %d (priority %d, place %d, committed at %d, claimed at %d)"
                    .formatted(
                            this.order.number(),
                            this.order.priority(),
                            this.run.seq(),
                            committedMicros(),
                            claimedMicros());
        }
    }
}
