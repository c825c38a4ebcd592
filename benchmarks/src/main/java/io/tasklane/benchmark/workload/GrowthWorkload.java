package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Starts;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.peer.Tasklane;
import io.tasklane.benchmark.peer.TasklaneNode;
import io.tasklane.benchmark.report.Metric;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rate of the first tasks when more and more rows lie around. */
public final class GrowthWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "growth";

    /** Ten million finished rows, or fewer in a short run. */
    public static final String FINISHED = "with finished tasks";

    /** A million tasks that are not yet due, or fewer in a short run. */
    public static final String SCHEDULED = "with SCHEDULED tasks";

    /** Tasks at the head of the queue that no handler of this node knows. */
    public static final String FOREIGN = "with tasks at the head that this node cannot run";

    /** A transaction of another session that keeps every dead row alive. */
    public static final String OLD_SNAPSHOT = "with an old snapshot, the last of the backlog";

    private static final int CONCURRENCY = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Rate of a fixed number of no-op tasks at concurrency %d: the first of ever larger backlogs, or of the smallest one beside other rows. With an old snapshot: of the last ones, behind all the rows that died before them."
                .formatted(CONCURRENCY);
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        List<Scenario> scenarios = new ArrayList<>();
        for (int backlog : lab.scale().pick(List.of(10_000, 100_000, 1_000_000), List.of(5_000, 50_000))) {
            scenarios.add(backlog(lab, backlog));
        }
        scenarios.add(Scenario.forSubject(FINISHED, (peer, recorder) -> finished(lab, recorder)));
        scenarios.add(Scenario.forSubject(SCHEDULED, (peer, recorder) -> scheduled(lab, recorder)));
        scenarios.add(Scenario.forSubject(FOREIGN, (peer, recorder) -> foreign(lab, recorder)));
        scenarios.add(Scenario.forAll(OLD_SNAPSHOT, (peer, recorder) -> oldSnapshot(lab, peer, recorder)));
        return scenarios;
    }

    /** Returns how many tasks the rate is taken of. */
    private static int measured(Lab lab) {
        return lab.scale().pick(10_000, 5_000);
    }

    /** Returns the name of the scenario with such a backlog. */
    public static String backlogOf(int tasks) {
        return "backlog of %,d".formatted(tasks);
    }

    private static Scenario backlog(Lab lab, int backlog) {
        return Scenario.forAll(backlogOf(backlog), (peer, recorder) -> {
            try (Trial trial = lab.trial(peer, backlog)) {
                try (Node node = trial.open(CONCURRENCY)) {
                    node.fill(0, backlog);
                    trial.settle();
                    measureFirst(lab, trial, node, recorder);
                }
                recorder.checkLedger(trial.ledger(), backlog, trial.unfinished());
            }
        });
    }

    private static void finished(Lab lab, Recorder recorder) throws Exception {
        int rows = lab.scale().pick(10_000_000, 100_000);
        Tasklane tasklane = new Tasklane();
        try (Trial trial = lab.trial(tasklane, measured(lab))) {
            tasklane.insertFinished(trial.database(), rows);
            measureBeside(lab, trial, tasklane, recorder, node -> {});
        }
    }

    private static void scheduled(Lab lab, Recorder recorder) throws Exception {
        int rows = lab.scale().pick(1_000_000, 20_000);
        Tasklane tasklane = new Tasklane();
        try (Trial trial = lab.trial(tasklane, measured(lab))) {
            measureBeside(lab, trial, tasklane, recorder, node -> {
                for (int from = 0; from < rows; from += Node.BULK) {
                    node.enqueueAllLater(from, Math.min(rows, from + Node.BULK), Duration.ofDays(1));
                }
            });
        }
    }

    private static void foreign(Lab lab, Recorder recorder) throws Exception {
        int rows = lab.scale().pick(100_000, 10_000);
        Tasklane tasklane = new Tasklane();
        try (Trial trial = lab.trial(tasklane, measured(lab))) {
            measureBeside(lab, trial, tasklane, recorder, node -> {
                for (int from = 0; from < rows; from += Node.BULK) {
                    node.enqueueForeign(Node.BULK);
                }
            });
        }
    }

    private static void measureBeside(Lab lab, Trial trial, Tasklane tasklane, Recorder recorder, OtherRows otherRows)
            throws Exception {
        int tasks = measured(lab);
        try (TasklaneNode node = tasklane.open(trial.settings(CONCURRENCY))) {
            otherRows.insert(node);
            node.fill(0, tasks);
            trial.settle();
            measureFirst(lab, trial, node, recorder);
        }
        recorder.checkLedger(trial.ledger(), tasks, trial.unfinished());
    }

    private static void measureFirst(Lab lab, Trial trial, Node node, Recorder recorder) throws Exception {
        trial.drain(node, measured(lab), limit(lab));
        recorder.record(
                Metric.RATE, Starts.of(trial.ledger()).first(measured(lab)).rate());
    }

    private static void oldSnapshot(Lab lab, Peer peer, Recorder recorder) throws Exception {
        int tasks = lab.scale().pick(200_000, 30_000);
        try (Trial trial = lab.trial(peer, tasks);
                Connection reader = trial.database().connect()) {
            reader.setAutoCommit(false);
            reader.setReadOnly(true);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = reader.createStatement()) {
                // The first statement takes the snapshot that then lasts.
                statement.execute("SELECT 1 FROM pg_class LIMIT 1");
            }
            try (Node node = trial.open(CONCURRENCY)) {
                node.fill(0, tasks);
                trial.drain(node, tasks, limit(lab));
            }
            reader.rollback();
            recorder.record(
                    Metric.RATE, Starts.of(trial.ledger()).last(measured(lab)).rate());
            recorder.checkLedger(trial.ledger(), tasks, trial.unfinished());
        }
    }

    private static Duration limit(Lab lab) {
        return lab.scale().pick(Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    /** Inserts rows that are not measured. */
    @FunctionalInterface
    private interface OtherRows {

        void insert(TasklaneNode node) throws Exception;
    }
}
