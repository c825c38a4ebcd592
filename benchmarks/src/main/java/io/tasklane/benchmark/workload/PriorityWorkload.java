package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Latencies;
import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.peer.Tasklane;
import io.tasklane.benchmark.peer.TasklaneNode;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Whether an urgent task overtakes. */
public final class PriorityWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "priority";

    /** Long tasks, one at a time. */
    public static final String LONG_TASKS = "20 or more tasks of 50 ms waiting";

    /** No-op tasks at full speed. */
    public static final String FULL_SPEED = "no-op tasks at full speed";

    /** Tasks that take their place in the queue long before they are committed. */
    public static final String LATE_COMMITS = "no-op tasks at full speed, the first ones committed late";

    /** From the commit of a task at the head of the queue to its start, at the worst. */
    public static final Metric LATE_MAX = new Metric("commit to start of a late one, max", "ms", 1);

    /** Tasks that started between the commit of an urgent one and its start, at the worst. */
    public static final Metric OVERTAKEN = new Metric("others that started before the urgent one, at most", "tasks", 0);

    /** From the commit of an urgent task to its start, at the worst. */
    public static final Metric MAX = new Metric("commit to start of an urgent one, max", "ms", 1);

    private static final Metric P50 = new Metric("commit to start of an urgent one, p50", "ms", 1);

    private static final Metric LATE_P50 = new Metric("commit to start of a late one, p50", "ms", 1);

    // Each holds a connection.
    private static final int LATE_ONES = 12;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Tasks of high priority arrive while tasks of low priority wait and run.";
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        return List.of(
                Scenario.forSubject(LONG_TASKS, (peer, recorder) -> longTasks(lab, recorder)),
                Scenario.forSubject(FULL_SPEED, (peer, recorder) -> fullSpeed(lab, recorder)),
                Scenario.forSubject(LATE_COMMITS, (peer, recorder) -> lateCommits(lab, recorder)));
    }

    private static void longTasks(Lab lab, Recorder recorder) throws Exception {
        int urgent = lab.scale().pick(10, 3);
        int low = 20 + 3 * urgent;
        int tasks = low + urgent;
        long most = 0;
        try (Trial trial = lab.trial(new Tasklane(), tasks, Duration.ofMillis(50))) {
            Ledger ledger = trial.ledger();
            long[] committed = new long[urgent];
            try (TasklaneNode node = new Tasklane().open(trial.settings(1))) {
                node.fill(0, low);
                node.start();
                for (int i = 0; i < urgent; i++) {
                    // Two low ones after the last urgent one, so that it arrives in the middle of the third.
                    ledger.awaitDistinct(3 * i + 2, LIMIT);
                    TimeUnit.MILLISECONDS.sleep(10);
                    committed[i] = node.enqueueUrgent(low + i);
                }
                ledger.awaitDistinct(tasks, LIMIT);
            }
            long[] starts = ledger.starts(0, low);
            for (int i = 0; i < urgent; i++) {
                long from = committed[i];
                long to = ledger.startOf(low + i);
                most = Math.max(
                        most,
                        Arrays.stream(starts)
                                .filter(start -> start > from && start < to)
                                .count());
            }
            recorder.record(OVERTAKEN, most);
            recorder.checkLedger(ledger, tasks, trial.unfinished());
        }
    }

    private static void fullSpeed(Lab lab, Recorder recorder) throws Exception {
        int low = lab.scale().pick(400_000, 20_000);
        int urgent = lab.scale().pick(100, 10);
        try (Trial trial = lab.trial(new Tasklane(), low + urgent)) {
            Ledger ledger = trial.ledger();
            long[] committed = new long[urgent];
            int sent = 0;
            try (TasklaneNode node = new Tasklane().open(trial.settings(10))) {
                node.fill(0, low);
                node.start();
                ledger.awaitDistinct(low / 20, LIMIT);
                // Only while low ones are still waiting does it have anything to overtake.
                while (sent < urgent && ledger.distinct() < low * 0.9) {
                    committed[sent] = node.enqueueUrgent(low + sent);
                    sent++;
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                ledger.awaitDistinct(low + sent, LIMIT);
            }
            Latencies latencies = untilStart(ledger, low, Arrays.copyOf(committed, sent));
            recorder.record(P50, latencies.percentile(0.5));
            recorder.record(MAX, latencies.max());
            recorder.checkLedger(ledger, low + sent, trial.unfinished());
        }
    }

    private static Latencies untilStart(Ledger ledger, int first, long[] committed) {
        long[] nanos = new long[committed.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = ledger.startOf(first + i) - committed[i];
        }
        return new Latencies(nanos);
    }

    /**
     * Transactions that stay open have places before the whole backlog. When one commits, workers have long passed its place, and
     * yet its task is the very next.
     */
    private static void lateCommits(Lab lab, Recorder recorder) throws Exception {
        int backlog = lab.scale().pick(400_000, 60_000);
        long step =
                lab.scale().pick(Duration.ofMillis(400), Duration.ofMillis(100)).toNanos();
        ExecutorService producers = Executors.newFixedThreadPool(LATE_ONES);
        try (Trial trial = lab.trial(new Tasklane(), backlog + LATE_ONES)) {
            Ledger ledger = trial.ledger();
            List<Long> committed = new ArrayList<>();
            try (TasklaneNode node = new Tasklane().open(trial.settings(10))) {
                CountDownLatch placed = new CountDownLatch(LATE_ONES);
                CountDownLatch working = new CountDownLatch(1);
                List<Future<Long>> late = new ArrayList<>();
                for (int i = 0; i < LATE_ONES; i++) {
                    int number = i;
                    late.add(producers.submit(() -> node.enqueueThen(backlog + number, () -> {
                        placed.countDown();
                        awaitQuietly(working);
                        LockSupport.parkNanos(step * (number + 1));
                    })));
                }
                placed.await();
                node.fill(0, backlog);
                node.start();
                ledger.awaitDistinct(1, LIMIT);
                working.countDown();
                for (Future<Long> each : late) {
                    long at = each.get();
                    // Only while others are still waiting is there anybody whom it must not wait for.
                    if (ledger.distinct() < backlog * 0.9) {
                        committed.add(at);
                    }
                }
                ledger.awaitDistinct(backlog + LATE_ONES, LIMIT);
            }
            recorder.check(
                    "late commits while others wait",
                    committed.size() > LATE_ONES / 3,
                    committed.size() + " of " + LATE_ONES);
            Latencies latencies = untilStart(
                    ledger, backlog, committed.stream().mapToLong(at -> at).toArray());
            recorder.record(LATE_P50, latencies.percentile(0.5));
            recorder.record(LATE_MAX, latencies.max());
            recorder.checkLedger(ledger, backlog + LATE_ONES, trial.unfinished());
        } finally {
            producers.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
