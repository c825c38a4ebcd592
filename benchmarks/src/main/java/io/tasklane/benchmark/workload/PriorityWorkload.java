package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Latencies;
import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.peer.Tasklane;
import io.tasklane.benchmark.peer.TasklaneNode;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether an urgent task overtakes. */
public final class PriorityWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "priority";

    /** Long tasks, one at a time. */
    public static final String LONG_TASKS = "20 or more tasks of 50 ms waiting";

    /** No-op tasks at full speed. */
    public static final String FULL_SPEED = "no-op tasks at full speed";

    /** Tasks that started between the commit of an urgent one and its start, at the worst. */
    public static final Metric OVERTAKEN = new Metric("others that started before the urgent one, at most", "tasks", 0);

    /** From the commit of an urgent task to its start, at the worst. */
    public static final Metric MAX = new Metric("commit to start of an urgent one, max", "ms", 1);

    private static final Metric P50 = new Metric("commit to start of an urgent one, p50", "ms", 1);

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
                Scenario.forSubject(FULL_SPEED, (peer, recorder) -> fullSpeed(lab, recorder)));
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
            long[] nanos = new long[sent];
            for (int i = 0; i < sent; i++) {
                nanos[i] = ledger.startOf(low + i) - committed[i];
            }
            Latencies latencies = new Latencies(nanos);
            recorder.record(P50, latencies.percentile(0.5));
            recorder.record(MAX, latencies.max());
            recorder.checkLedger(ledger, low + sent, trial.unfinished());
        }
    }
}
