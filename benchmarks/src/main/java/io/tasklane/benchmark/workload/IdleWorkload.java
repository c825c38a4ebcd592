package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.database.StatementCounter;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.NodeSettings;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.report.Metric;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a node costs that has nothing to do. */
public final class IdleWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "idle";

    private static final int QUEUES = 20;

    /** Name of its scenario. */
    public static final String SCENARIO = "one node, %d queues where the peer knows queues".formatted(QUEUES);

    /** Queries and changes. */
    public static final Metric STATEMENTS = new Metric("statements", "per second", 2);

    private static final Metric ALL =
            new Metric("the same with begin, commit, settings and checks of connections", "per second", 2);

    private static final List<String> CONTROL = List.of("BEGIN", "COMMIT", "ROLLBACK", "SET ", "SHOW ");

    private static final int CONCURRENCY = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Statements that a node sends when there is nothing to do, counted on the way to the server.";
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        return List.of(new Scenario(
                SCENARIO, peer -> peer.role() != Peer.Role.REFERENCE, (peer, recorder) -> idle(lab, peer, recorder)));
    }

    private static void idle(Lab lab, Peer peer, Recorder recorder) throws Exception {
        // Long enough for whatever is done every ten seconds to show.
        int seconds = lab.scale().pick(30, 3);
        try (Trial trial = lab.trial(peer, 1);
                StatementCounter counter = StatementCounter.before(trial.database())) {
            NodeSettings settings = new NodeSettings(
                    counter.database(trial.database()),
                    Lab.CONNECTIONS,
                    CONCURRENCY,
                    QUEUES,
                    true,
                    Map.of(),
                    trial.ledger());
            try (Node node = peer.open(settings)) {
                node.start();
                node.enqueue(0);
                TimeUnit.SECONDS.sleep(lab.scale().pick(15, 2));
                counter.reset();
                TimeUnit.SECONDS.sleep(seconds);
                report(peer, recorder, counter.counts(), seconds);
            }
            recorder.checkLedger(trial.ledger(), 1, trial.unfinished());
        }
    }

    private static void report(Peer peer, Recorder recorder, Map<String, Integer> counts, int seconds) {
        int all = 0;
        int statements = 0;
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            String sql = count.getKey();
            all += count.getValue();
            if (!sql.isEmpty() && CONTROL.stream().noneMatch(sql::startsWith)) {
                statements += count.getValue();
                System.err.printf(
                        "%s, idle: %.2f per second: %.120s%n", peer.name(), (double) count.getValue() / seconds, sql);
            }
        }
        recorder.record(STATEMENTS, (double) statements / seconds);
        recorder.record(ALL, (double) all / seconds);
    }
}
