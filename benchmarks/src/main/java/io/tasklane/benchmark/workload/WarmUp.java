package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.Peer;
import java.time.Duration;
import java.util.List;

/** A little of everything, so that no peer pays for a cold JVM in the measurements that follow. */
public final class WarmUp implements Workload {

    private static final int SINGLE = 200;

    private static final int BULK = 4_000;

    private static final int CONCURRENCY = 10;

    private static final Duration LIMIT = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "warm-up";
    }

    @Override
    public String description() {
        return "Is not reported.";
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        return List.of(Scenario.forAll("drain", (peer, recorder) -> drain(lab, peer)));
    }

    private static void drain(Lab lab, Peer peer) throws Exception {
        // Quick peers would else be measured while their JVM compiles; slow ones are stopped by the limit.
        int tasks = lab.scale().pick(40_000, BULK);
        try (Trial trial = lab.trial(peer, tasks);
                Node node = trial.open(CONCURRENCY)) {
            for (int task = 0; task < SINGLE; task++) {
                node.enqueue(task);
            }
            node.enqueueAll(SINGLE, BULK);
            node.fill(BULK, tasks);
            trial.drain(node, tasks, LIMIT);
        }
    }
}
