package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Starts;
import io.tasklane.benchmark.peer.Tasklane;
import io.tasklane.benchmark.peer.TasklaneNode;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What limits and fairness hold to, and what they cost the tasks beside them. */
public final class LimitsWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "limits";

    /** What the others are compared with. */
    public static final String PLAIN = "no limit of any kind";

    static final int CONCURRENCY = 10;

    private static final String AGING = "aging: 10 more priority for each second of waiting";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "No-op tasks at concurrency %d in each process, with limits and in turns. In a short run only some of it."
                .formatted(CONCURRENCY);
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        List<Scenario> scenarios = new ArrayList<>();
        if (!lab.scale().brief()) {
            scenarios.add(Scenario.forSubject(PLAIN, (peer, recorder) -> plain(lab, recorder, Map.of())));
        }
        scenarios.addAll(new RateLimits(lab).scenarios());
        scenarios.addAll(new KeyLimits(lab).scenarios());
        if (!lab.scale().brief()) {
            scenarios.addAll(new QueueOrders(lab).scenarios());
            scenarios.add(Scenario.forSubject(AGING, (peer, recorder) -> plain(lab, recorder, aging())));
        }
        return scenarios;
    }

    private static Map<String, String> aging() {
        String property = Tasklane.queueProperty("aging.");
        return Map.of(property + "after", "1s", property + "step", "10", property + "max", "50");
    }

    private static void plain(Lab lab, Recorder recorder, Map<String, String> properties) throws Exception {
        int tasks = measured(lab);
        Tasklane tasklane = new Tasklane();
        try (Trial trial = lab.trial(tasklane, tasks)) {
            try (TasklaneNode node = tasklane.open(trial.settings(CONCURRENCY).withProperties(properties))) {
                node.fill(0, tasks);
                measure(lab, trial, node, tasks, recorder);
            }
            checkLedger(trial, tasks, recorder);
        }
    }

    /** Returns how many tasks a rate is taken of. */
    static int measured(Lab lab) {
        return lab.scale().pick(100_000, 5_000);
    }

    /** Returns how long a backlog is worked at. */
    static Duration limit(Lab lab) {
        return lab.scale().pick(Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    /** Measures the rate of the tasks numbered from 0, whatever else there is. */
    static void measure(Lab lab, Trial trial, TasklaneNode node, int tasks, Recorder recorder) throws Exception {
        trial.settle();
        trial.drain(node, tasks, limit(lab));
        // Others may have been among the first to end.
        trial.ledger().awaitStarted(0, tasks, limit(lab));
        recorder.record(Metric.RATE, Starts.of(trial.ledger(), 0, tasks).rate());
    }

    /** Checks that nothing was lost or doubled; nodes must be closed. */
    static void checkLedger(Trial trial, int enqueued, Recorder recorder) throws Exception {
        long left = trial.database().number("SELECT count(*) FROM (%s) s".formatted(new Tasklane().stored()));
        recorder.checkLedger(trial.ledger(), enqueued, left);
    }
}
