package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.measure.Starts;
import io.tasklane.benchmark.peer.Tasklane;
import io.tasklane.benchmark.peer.TasklaneNode;
import io.tasklane.benchmark.report.Metric;
import java.util.ArrayList;
import java.util.List;

/** What keys cost tasks without one, how fast tasks with keys run, and whether a flood of one fair key holds up another. */
public final class KeyLimits {

    /** 100,000 keys, each with a task that holds it and one that waits for it, or fewer in a short run. */
    public static final String BESIDE_KEYS = "beside 100,000 keys with a BLOCKED task each";

    private static final String KEYED = "50,000 tasks of 10,000 keys";

    private static final String ONE_KEY = "1,000 tasks of one key, one after the other";

    private static final String FLOOD = "100 tasks of a tenant after 100,000 of another";

    private static final Metric ALONE = new Metric("rate of the flood before that", "tasks/s", 0);

    private static final Metric DELAY = new Metric("commit to start of its last", "ms", 0);

    private static final Metric FLOOD_BEFORE = new Metric("others that start before its last", "tasks", 0);

    private static final Metric SHARE = new Metric("its share of the starts meanwhile", "%", 1);

    private final Lab lab;

    KeyLimits(Lab lab) {
        this.lab = lab;
    }

    List<Scenario> scenarios() {
        List<Scenario> scenarios = new ArrayList<>();
        scenarios.add(Scenario.forSubject(BESIDE_KEYS, (peer, recorder) -> besideKeys(recorder)));
        if (!this.lab.scale().brief()) {
            scenarios.add(Scenario.forSubject(KEYED, (peer, recorder) -> keyed(recorder, 50_000, 10_000)));
            scenarios.add(Scenario.forSubject(ONE_KEY, (peer, recorder) -> keyed(recorder, 1_000, 1)));
        }
        scenarios.add(Scenario.forSubject(FLOOD, (peer, recorder) -> flood(recorder)));
        return scenarios;
    }

    private void besideKeys(Recorder recorder) throws Exception {
        int keys = this.lab.scale().pick(100_000, 10_000);
        int tasks = LimitsWorkload.measured(this.lab);
        Tasklane tasklane = new Tasklane();
        try (Trial trial = this.lab.trial(tasklane, tasks)) {
            tasklane.insertBlocked(trial.database(), keys);
            try (TasklaneNode node = tasklane.open(trial.settings(LimitsWorkload.CONCURRENCY))) {
                node.fill(0, tasks);
                LimitsWorkload.measure(this.lab, trial, node, tasks, recorder);
            }
            recorder.checkLedger(trial.ledger(), tasks, trial.unfinished());
        }
    }

    private void keyed(Recorder recorder, int tasks, int keys) throws Exception {
        Tasklane tasklane = new Tasklane();
        try (Trial trial = this.lab.trial(tasklane, tasks)) {
            try (TasklaneNode node = tasklane.open(trial.settings(LimitsWorkload.CONCURRENCY))) {
                node.fillKeyed(0, tasks, keys);
                LimitsWorkload.measure(this.lab, trial, node, tasks, recorder);
            }
            LimitsWorkload.checkLedger(trial, tasks, recorder);
        }
    }

    private void flood(Recorder recorder) throws Exception {
        int flood = this.lab.scale().pick(100_000, 3_000);
        int few = this.lab.scale().pick(100, 50);
        Tasklane tasklane = new Tasklane();
        try (Trial trial = this.lab.trial(tasklane, flood + few)) {
            Ledger ledger = trial.ledger();
            long committed;
            try (TasklaneNode node = tasklane.open(trial.settings(LimitsWorkload.CONCURRENCY))) {
                node.fillFair("flood", 0, flood);
                trial.settle();
                node.start();
                ledger.awaitDistinct(flood / 50, LimitsWorkload.limit(this.lab));
                committed = node.enqueueFair("other", flood, flood + few);
                ledger.awaitStarted(flood, flood + few, LimitsWorkload.limit(this.lab));
            }
            Starts others = Starts.of(ledger, 0, flood);
            recorder.record(ALONE, others.first(others.before(committed)).rate());
            long last = Starts.of(ledger, flood, flood + few).latest();
            recorder.record(DELAY, Math.max(0, last - committed) / 1e6);
            int meanwhile = others.before(last) - others.before(committed);
            recorder.record(FLOOD_BEFORE, meanwhile);
            recorder.record(SHARE, 100.0 * few / (few + meanwhile));
            LimitsWorkload.checkLedger(trial, flood + few, recorder);
        }
    }
}
