package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.List;

/** Producers and a worker at once. */
public final class MixedWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "mixed";

    /** Name of its scenario. */
    public static final String SCENARIO = "8 producers and 1 worker";

    /** Tasks that ended in a second. */
    public static final Metric COMPLETED = new Metric("completed", "tasks/s", 0);

    /** Tasks that were waiting when the producers stopped. */
    public static final Metric BACKLOG = new Metric("backlog left", "tasks", 0);

    private static final Metric ENQUEUED = new Metric("enqueued", "tasks/s", 0);

    private static final int PRODUCERS = 8;

    private static final int CONCURRENCY = 10;

    private static final int MOST = 2_000_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Eight threads enqueue single tasks as fast as they can, while a worker runs them; no-op tasks.";
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        return List.of(Scenario.forAll(SCENARIO, (peer, recorder) -> mixed(lab, peer, recorder)));
    }

    private static void mixed(Lab lab, Peer peer, Recorder recorder) throws Exception {
        Duration time = lab.scale().pick(Duration.ofSeconds(30), Duration.ofSeconds(2));
        try (Trial trial = lab.trial(peer, MOST)) {
            int enqueued;
            try (Node node = trial.open(CONCURRENCY)) {
                node.start();
                long start = System.nanoTime();
                enqueued = Producers.produce(node, PRODUCERS, MOST, time);
                int completed = trial.ledger().distinct();
                double seconds = (System.nanoTime() - start) / 1e9;
                recorder.record(COMPLETED, completed / seconds);
                recorder.record(ENQUEUED, enqueued / seconds);
                recorder.record(BACKLOG, enqueued - completed);
            }
            recorder.checkLedger(trial.ledger(), enqueued, trial.unfinished());
        }
    }
}
