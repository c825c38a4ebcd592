package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Latencies;
import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.process.RemoteWorker;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** From the commit of a task to its start, on an otherwise idle system. */
public final class LatencyWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "latency";

    /** Producer and worker in one process. */
    public static final String SAME_JVM = "same JVM";

    /** Producer and worker in two processes. */
    public static final String OTHER_JVM = "other JVM";

    /** Half of the tasks start within this time. */
    public static final Metric P50 = new Metric("p50", "ms", 2);

    /** All tasks but one in a hundred start within this time. */
    public static final Metric P99 = new Metric("p99", "ms", 2);

    private static final Metric P95 = new Metric("p95", "ms", 2);

    private static final Metric MAX = new Metric("max", "ms", 2);

    private static final int CONCURRENCY = 10;

    // Longer than the longest poll interval of any peer.
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Time from the commit of a task to the start of its body, on an idle system, one task after the other at random"
                + " distances. Each peer with its fastest legal setting, and with its own signal where it has one.";
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        Scenario same = Scenario.forAll(SAME_JVM, (peer, recorder) -> sameJvm(lab, peer, recorder));
        Scenario other = Scenario.forAll(OTHER_JVM, (peer, recorder) -> otherJvm(lab, peer, recorder));
        return List.of(same, other);
    }

    private static void sameJvm(Lab lab, Peer peer, Recorder recorder) throws Exception {
        int tasks = tasks(lab);
        try (Trial trial = lab.trial(peer, tasks)) {
            try (Node node = peer.open(trial.settings(CONCURRENCY).withSignal())) {
                node.start();
                measure(lab, node, trial.ledger(), recorder);
            }
            recorder.checkLedger(trial.ledger(), tasks, trial.unfinished());
        }
    }

    private static void otherJvm(Lab lab, Peer peer, Recorder recorder) throws Exception {
        int tasks = tasks(lab);
        RemoteWorker worker = lab.workers().first(1).get(0);
        try (Trial trial = lab.trial(peer, tasks)) {
            try (Node producer = peer.open(trial.settings(0).withSignal())) {
                worker.open(peer, trial.settings(CONCURRENCY).withSignal());
                try {
                    worker.startNode();
                    measure(lab, producer, trial.ledger(), recorder);
                } finally {
                    worker.closeNode();
                }
            }
            recorder.checkLedger(trial.ledger(), tasks, trial.unfinished());
        }
    }

    private static int tasks(Lab lab) {
        return warmUp(lab) + lab.scale().pick(400, 60);
    }

    /** So many that a JVM has compiled what a task takes: a service that is asked for milliseconds has run for longer. */
    private static int warmUp(Lab lab) {
        return lab.scale().pick(2_000, 100);
    }

    private static void measure(Lab lab, Node producer, Ledger ledger, Recorder recorder) throws Exception {
        int warmUp = warmUp(lab);
        produce(producer, 0, warmUp, 5);
        // Peers that poll seldom need some time until they have seen all, and are idle again.
        ledger.awaitDistinct(warmUp, LIMIT);
        long[] committed = produce(producer, warmUp, tasks(lab), 40);
        if (!ledger.awaitDistinct(tasks(lab), LIMIT)) {
            throw new IllegalStateException("%d of %d tasks have not started within %s"
                    .formatted(tasks(lab) - ledger.distinct(), tasks(lab), LIMIT));
        }
        long[] nanos = new long[committed.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = ledger.startOf(warmUp + i) - committed[i];
        }
        Latencies latencies = new Latencies(nanos);
        recorder.record(P50, latencies.percentile(0.5));
        recorder.record(P95, latencies.percentile(0.95));
        recorder.record(P99, latencies.percentile(0.99));
        recorder.record(MAX, latencies.max());
    }

    // At random distances, so that no poll goes along with the beat.
    private static long[] produce(Node producer, int from, int to, int mostMillis) throws Exception {
        SplittableRandom random = new SplittableRandom(42);
        long[] committed = new long[to - from];
        for (int task = from; task < to; task++) {
            committed[task - from] = producer.enqueueTimed(task);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(mostMillis / 2, mostMillis + 1));
        }
        return committed;
    }
}
