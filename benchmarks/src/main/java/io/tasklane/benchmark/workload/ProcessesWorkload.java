package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.measure.Starts;
import io.tasklane.benchmark.measure.Usage;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.process.RemoteWorker;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** One backlog, worked off by several processes. */
public final class ProcessesWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "processes";

    private static final Metric LEAST_SHARE = new Metric("share of the process with the fewest tasks", "%", 1);

    private static final int CONCURRENCY = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "One backlog of no-op tasks, worked off by one, two and four worker processes at concurrency %d each."
                .formatted(CONCURRENCY);
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        return lab.scale().pick(List.of(1, 2, 4), List.of(2)).stream()
                .map(processes -> Scenario.forAll(
                        scenario(processes), (peer, recorder) -> measure(lab, peer, recorder, processes)))
                .toList();
    }

    /** Returns the name of the scenario. */
    public static String scenario(int processes) {
        return processes == 1 ? "1 process" : "%d processes".formatted(processes);
    }

    private static void measure(Lab lab, Peer peer, Recorder recorder, int processes) throws Exception {
        List<RemoteWorker> workers = lab.workers().first(processes);
        // Warm, each of them: what a new process has to compile is no property of the peer, and takes processors from
        // the others.
        int warmUp = processes * lab.scale().pick(100_000, 2_000);
        try (Trial trial = lab.trial(peer, warmUp)) {
            drain(lab, peer, trial, workers);
        }
        int tasks = lab.scale().pick(200_000, 8_000);
        try (Trial trial = lab.trial(peer, tasks)) {
            Usage used = drain(lab, peer, trial, workers);
            Ledger ledger = trial.ledger();
            recorder.record(Metric.RATE, Starts.of(ledger).rate());
            recorder.recordCost(used, tasks);
            int fewest = Arrays.stream(ledger.byProcess(processes)).min().orElse(0);
            recorder.record(LEAST_SHARE, 100.0 * fewest / Math.max(1, ledger.distinct()));
            recorder.checkLedger(ledger, tasks, trial.unfinished());
        }
    }

    /** Returns what the worker processes and the database have used, from before the workers started until they were closed. */
    private static Usage drain(Lab lab, Peer peer, Trial trial, List<RemoteWorker> workers) throws Exception {
        int tasks = trial.ledger().tasks();
        try (Node producer = trial.open(0)) {
            producer.fill(0, tasks);
        }
        for (RemoteWorker worker : workers) {
            worker.open(peer, trial.settings(CONCURRENCY));
        }
        Usage before = trial.usage().withJvm(processorSeconds(workers));
        try {
            for (RemoteWorker worker : workers) {
                worker.startNode();
            }
            trial.ledger().awaitDistinct(tasks, lab.scale().pick(Duration.ofSeconds(60), Duration.ofSeconds(6)));
        } finally {
            for (RemoteWorker worker : workers) {
                worker.closeNode();
            }
        }
        return trial.usageAfterClose().withJvm(processorSeconds(workers)).since(before);
    }

    private static double processorSeconds(List<RemoteWorker> workers) {
        return workers.stream().mapToDouble(RemoteWorker::processorSeconds).sum();
    }
}
