package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.peer.BarePeer;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Enqueueing alone: single transactions by one and by eight threads, and in bulk. Then everything is run once. */
public final class EnqueueWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "enqueue";

    /** Name of the scenario with bulk inserts. */
    public static final String BULK = "bulk, %,d a transaction".formatted(Node.BULK);

    private static final int CONCURRENCY = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Enqueueing while no worker runs. Afterwards what was enqueued is run, and counted.";
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        return List.of(
                new Scenario(single(1), enqueues(false), (peer, recorder) -> single(lab, peer, recorder, 1)),
                new Scenario(single(8), enqueues(false), (peer, recorder) -> single(lab, peer, recorder, 8)),
                new Scenario(BULK, enqueues(true), (peer, recorder) -> bulk(lab, peer, recorder)));
    }

    // The two forms of bare SQL enqueue alike: each shows what it is made for.
    private static Predicate<Peer> enqueues(boolean bulk) {
        return peer -> !(peer instanceof BarePeer bare) || bare.isBatched() == bulk;
    }

    /** Returns the name of the scenario with a transaction for each task. */
    public static String single(int threads) {
        return threads == 1 ? "single, 1 thread" : "single, %d threads".formatted(threads);
    }

    private static void single(Lab lab, Peer peer, Recorder recorder, int threads) throws Exception {
        int most = lab.scale().pick(200_000, 20_000);
        Duration time = lab.scale().pick(Duration.ofSeconds(4), Duration.ofMillis(500));
        try (Trial trial = lab.trial(peer, most)) {
            int enqueued;
            try (Node node = trial.open(CONCURRENCY)) {
                long start = System.nanoTime();
                enqueued = Producers.produce(node, threads, most, time);
                recorder.record(Metric.RATE, enqueued / seconds(start));
                run(lab, trial, node, enqueued);
            }
            recorder.checkLedger(trial.ledger(), enqueued, trial.unfinished());
        }
    }

    private static void bulk(Lab lab, Peer peer, Recorder recorder) throws Exception {
        int most = lab.scale().pick(200_000, 20_000);
        Duration limit = lab.scale().pick(Duration.ofSeconds(20), Duration.ofSeconds(2));
        try (Trial trial = lab.trial(peer, most)) {
            int enqueued = 0;
            try (Node node = trial.open(CONCURRENCY)) {
                long start = System.nanoTime();
                while (enqueued < most && System.nanoTime() - start < limit.toNanos()) {
                    node.enqueueAll(enqueued, enqueued + Node.BULK);
                    enqueued += Node.BULK;
                }
                recorder.record(Metric.RATE, enqueued / seconds(start));
                run(lab, trial, node, enqueued);
            }
            recorder.checkLedger(trial.ledger(), enqueued, trial.unfinished());
        }
    }

    private static void run(Lab lab, Trial trial, Node node, int enqueued) throws Exception {
        node.start();
        trial.ledger().awaitDistinct(enqueued, lab.scale().pick(Duration.ofSeconds(20), Duration.ofSeconds(1)));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
