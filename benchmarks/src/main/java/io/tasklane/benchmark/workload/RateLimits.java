package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.measure.Starts;
import io.tasklane.benchmark.peer.BenchmarkTasks;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.NodeSettings;
import io.tasklane.benchmark.peer.Tasklane;
import io.tasklane.benchmark.peer.TasklaneNode;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Whether rate limits hold between processes, and whether a limited task holds up the others of its queue. */
public final class RateLimits {

    /** How many tasks may start in an interval of a second. */
    public static final int LIMIT = 100;

    /** A queue with a limit, and several processes that work at its backlog. */
    public static final String PROCESSES = "a queue limited to 100 a second, 4 processes";

    /** Tasks that started in each second on average. */
    public static final Metric STARTED = new Metric("started in a second, over ten", "tasks", 1);

    /** Tasks that were claimed in the busiest second, wherever it begins, by the clock of the database: what takes the tokens. */
    public static final Metric BUSIEST = new Metric("claimed in any one second, at most", "tasks", 0);

    /** Those whose bodies started, some milliseconds later, and not all as many. */
    private static final Metric BUSIEST_STARTS = new Metric("started in any one second, at most", "tasks", 0);

    private static final String[] LOG_CLAIMS = {
        "CREATE TABLE claim_log (claimed_at timestamptz NOT NULL)",
        """
            CREATE FUNCTION log_claim() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN INSERT INTO claim_log VALUES (new.claimed_at); RETURN NULL; END'""",
        "CREATE TRIGGER log_claim AFTER INSERT ON tasklane_running FOR EACH ROW EXECUTE FUNCTION log_claim()"
    };

    private static final String BUSIEST_CLAIMS = """
            SELECT max(claims) FROM (
                SELECT count(*) OVER (ORDER BY claimed_at RANGE BETWEEN CURRENT ROW AND '999999 microseconds' FOLLOWING) AS claims
                FROM claim_log) s""";

    private static final String BESIDE_LIMITED = "behind 20,000 tasks of a name limited to 100 a second";

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Lab lab;

    RateLimits(Lab lab) {
        this.lab = lab;
    }

    List<Scenario> scenarios() {
        return List.of(
                Scenario.forSubject(PROCESSES, (peer, recorder) -> processes(recorder)),
                Scenario.forSubject(BESIDE_LIMITED, (peer, recorder) -> besideLimited(recorder)));
    }

    private void processes(Recorder recorder) throws Exception {
        Duration window = this.lab.scale().pick(Duration.ofSeconds(10), Duration.ofSeconds(2));
        // Warm, each of them: a start that waits for classes falls into a later second than its token.
        int warmUp = this.lab.scale().pick(20_000, 2_000);
        try (Trial trial = this.lab.trial(new Tasklane(), warmUp)) {
            work(trial, Map.of(), LimitsWorkload.limit(this.lab));
        }
        // Enough for three seconds more.
        int tasks = LIMIT * (int) (window.toSeconds() + 3);
        try (Trial trial = this.lab.trial(new Tasklane(), tasks)) {
            trial.database().execute(LOG_CLAIMS);
            work(trial, Map.of(Tasklane.queueProperty("rate-limit"), String.valueOf(LIMIT)), window);
            Starts starts = Starts.of(trial.ledger()).within(window);
            recorder.record(STARTED, starts.count() / (double) window.toSeconds());
            recorder.record(BUSIEST, trial.database().number(BUSIEST_CLAIMS));
            recorder.record(BUSIEST_STARTS, starts.busiest(INTERVAL));
            LimitsWorkload.checkLedger(trial, tasks, recorder);
        }
    }

    /** Works at a backlog from the first start on, until it is done or the time has passed. */
    private void work(Trial trial, Map<String, String> properties, Duration time) throws Exception {
        Ledger ledger = trial.ledger();
        try (Node producer = trial.open(0)) {
            producer.fill(0, ledger.tasks());
        }
        NodeSettings settings = trial.settings(LimitsWorkload.CONCURRENCY).withProperties(properties);
        int processes = this.lab.scale().pick(4, 2);
        this.lab.workers().work(processes, new Tasklane(), settings, () -> {
            ledger.awaitFirst(0, ledger.tasks(), LimitsWorkload.limit(this.lab));
            ledger.awaitDistinct(ledger.tasks(), time);
        });
    }

    private void besideLimited(Recorder recorder) throws Exception {
        int tasks = LimitsWorkload.measured(this.lab);
        int limited = this.lab.scale().pick(20_000, 1_000);
        Tasklane tasklane = new Tasklane();
        try (Trial trial = this.lab.trial(tasklane, tasks + limited)) {
            NodeSettings settings = trial.settings(LimitsWorkload.CONCURRENCY)
                    .withProperties(Map.of(
                            "tasklane.tasks.%s.rate-limit".formatted(BenchmarkTasks.LIMITED), String.valueOf(LIMIT)));
            try (TasklaneNode node = tasklane.open(settings)) {
                node.fillLimited(tasks, tasks + limited);
                node.fill(0, tasks);
                LimitsWorkload.measure(this.lab, trial, node, tasks, recorder);
            }
            LimitsWorkload.checkLedger(trial, tasks + limited, recorder);
        }
    }
}
