package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tasks of one millisecond with more and more workers: the shape of a public comparison. */
public final class OneMillisecondWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "one-millisecond";

    private static final int MOST = 250_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return """
                Tasks that wait for one millisecond, with more and more workers in one node. It is the shape of the public
                comparison hardbyte/postgresql-job-queue-benchmarking. Its figures of 2026-05-09, tasks/s at 4, 16, 64, 128 and
                256 workers, come from **other hardware** (4 processors, 8 GB, PostgreSQL 18.3) and other clients: awa 427,
                1,729, 5,369, 8,499, 14,158; pg-boss 512, 2,048, 2,387, 2,387, 2,356; river 79, 317, 501, 491, –;
                oban 247, 249, 284, 283, –; procrastinate 247, 268, 269, 264, –; pgmq 3,571, 11,277, 10,243, 6,180, 3,252;
                pgque 3,439, 11,505, 27,719, 34,433, 39,898.""";
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        List<Scenario> scenarios = new ArrayList<>();
        for (int workers : lab.scale().pick(List.of(4, 16, 64, 128, 256), List.of(16))) {
            scenarios.add(Scenario.forAll(
                    "%d workers".formatted(workers), (peer, recorder) -> work(lab, peer, recorder, workers)));
        }
        return scenarios;
    }

    private static void work(Lab lab, Peer peer, Recorder recorder, int workers) throws Exception {
        Duration limit = lab.scale().pick(Duration.ofSeconds(8), Duration.ofSeconds(1));
        // No worker can do more than one task in a millisecond.
        int tasks = (int) Math.min(MOST, workers * limit.toMillis());
        try (Trial trial = lab.trial(peer, tasks, Duration.ofMillis(1))) {
            Trial.Drained drained;
            try (Node node = trial.open(workers)) {
                node.fill(0, tasks);
                drained = trial.drain(node, tasks, limit);
            }
            recorder.record(Metric.RATE, drained.ended() / drained.used().seconds());
            recorder.checkLedger(trial.ledger(), tasks, trial.unfinished());
        }
    }
}
