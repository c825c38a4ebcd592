package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Usage;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A backlog of no-op tasks, worked off by one node. */
public final class DrainWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "drain";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "A backlog of no-op tasks, worked off by one node; from the first start until all completions are committed.";
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        List<Scenario> scenarios = new ArrayList<>();
        for (int tasks : lab.scale().pick(List.of(20_000, 200_000), List.of(20_000))) {
            for (int concurrency : lab.scale().pick(List.of(10, 50), List.of(10))) {
                scenarios.add(Scenario.forAll(
                        scenario(tasks, concurrency),
                        (peer, recorder) -> drain(lab, peer, recorder, tasks, concurrency)));
            }
        }
        return scenarios;
    }

    /** Returns the name of the scenario. */
    public static String scenario(int tasks, int concurrency) {
        return "%,d tasks at concurrency %d".formatted(tasks, concurrency);
    }

    private static void drain(Lab lab, Peer peer, Recorder recorder, int tasks, int concurrency) throws Exception {
        Duration limit = lab.scale().pick(Duration.ofSeconds(30), Duration.ofSeconds(3));
        try (Trial trial = lab.trial(peer, tasks)) {
            Trial.Drained drained;
            try (Node node = trial.open(concurrency)) {
                node.fill(0, tasks);
                drained = trial.drain(node, tasks, limit);
            }
            Usage closed = trial.usageAfterClose().since(drained.before());
            recorder.recordUsage(drained.used().withCommits(closed), drained.ended());
            recorder.checkLedger(trial.ledger(), tasks, trial.unfinished());
        }
    }
}
