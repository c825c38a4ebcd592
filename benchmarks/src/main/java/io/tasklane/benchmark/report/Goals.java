package io.tasklane.benchmark.report;

import io.tasklane.benchmark.Scale;
import io.tasklane.benchmark.database.Product;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.workload.DatabasesWorkload;
import io.tasklane.benchmark.workload.DrainWorkload;
import io.tasklane.benchmark.workload.EnqueueWorkload;
import io.tasklane.benchmark.workload.GrowthWorkload;
import io.tasklane.benchmark.workload.IdleWorkload;
import io.tasklane.benchmark.workload.KeyLimits;
import io.tasklane.benchmark.workload.LatencyWorkload;
import io.tasklane.benchmark.workload.LimitsWorkload;
import io.tasklane.benchmark.workload.MixedWorkload;
import io.tasklane.benchmark.workload.PriorityWorkload;
import io.tasklane.benchmark.workload.ProcessesWorkload;
import io.tasklane.benchmark.workload.RateLimits;
import java.util.List;

/** The goals, checked for whatever was measured in the same run. */
public final class Goals {

    private static final String BARE = "bare";

    private static final String BARE_BATCHED = "bare-batched";

    // What a worker does in a fraction of a second is on its way, and no backlog.
    private static final int NO_BACKLOG = 500;

    private final Comparison comparison;

    private final Results results;

    private Goals(Comparison comparison, Results results) {
        this.comparison = comparison;
        this.results = results;
    }

    /** Adds a check for each goal for which there are figures; in a short run only that a drain is no slower than any rival. */
    public static void check(Scale scale, List<Peer> peers, Results results) {
        Goals goals = new Goals(new Comparison(peers, results), results);
        if (scale.brief()) {
            goals.drains().forEach(row -> goals.comparison.reachesRivals(row, 1));
            return;
        }
        goals.drain();
        goals.enqueue();
        goals.mixed();
        goals.latency();
        goals.growth();
        goals.others();
        goals.limits();
    }

    private List<Row> drains() {
        return this.results.rows().stream()
                .filter(row -> row.workload().equals(DrainWorkload.NAME)
                        && row.metric().equals(Metric.RATE))
                .toList();
    }

    private void drain() {
        for (Row row : drains()) {
            this.comparison.reachesRivals(row, 5);
            this.comparison.reaches(row, BARE_BATCHED, 0.6);
            String scenario = row.scenario();
            this.comparison.atMost(
                    0.05,
                    new Row(DrainWorkload.NAME, scenario, Metric.JVM_CPU),
                    new Row(DrainWorkload.NAME, scenario, Metric.DATABASE_CPU));
            this.comparison.atMost(0.05, new Row(DrainWorkload.NAME, scenario, Metric.COMMITS));
            this.comparison.atMost(1_200, new Row(DrainWorkload.NAME, scenario, Metric.WAL));
        }
    }

    private void enqueue() {
        Row bulk = new Row(EnqueueWorkload.NAME, EnqueueWorkload.BULK, Metric.RATE);
        this.comparison.reachesRivals(bulk, 1);
        this.comparison.reaches(bulk, BARE_BATCHED, 0.7);
        Row single = new Row(EnqueueWorkload.NAME, EnqueueWorkload.single(8), Metric.RATE);
        this.comparison.reachesRivals(single, 1.3);
        this.comparison.reaches(single, BARE, 0.8);
    }

    private void mixed() {
        Row completed = new Row(MixedWorkload.NAME, MixedWorkload.SCENARIO, MixedWorkload.COMPLETED);
        this.comparison.reaches(completed, BARE_BATCHED, 0.8);
        this.comparison.atMost(NO_BACKLOG, new Row(MixedWorkload.NAME, MixedWorkload.SCENARIO, MixedWorkload.BACKLOG));
    }

    private void latency() {
        this.comparison.atMost(4, latency(LatencyWorkload.OTHER_JVM, LatencyWorkload.P50));
        this.comparison.atMost(20, latency(LatencyWorkload.OTHER_JVM, LatencyWorkload.P99));
        this.comparison.atMost(1, latency(LatencyWorkload.SAME_JVM, LatencyWorkload.P50));
        this.comparison.atMost(6, latency(LatencyWorkload.SAME_JVM, LatencyWorkload.P99));
    }

    private static Row latency(String scenario, Metric metric) {
        return new Row(LatencyWorkload.NAME, scenario, metric);
    }

    private void growth() {
        Row small = growth(GrowthWorkload.backlogOf(10_000));
        for (String scenario : List.of(
                GrowthWorkload.backlogOf(1_000_000),
                GrowthWorkload.FINISHED,
                GrowthWorkload.SCHEDULED,
                GrowthWorkload.FOREIGN,
                GrowthWorkload.OLD_SNAPSHOT)) {
            this.comparison.reaches(growth(scenario), small, 0.8);
        }
    }

    private static Row growth(String scenario) {
        return new Row(GrowthWorkload.NAME, scenario, Metric.RATE);
    }

    private void limits() {
        double limit = RateLimits.LIMIT;
        Row started = limits(RateLimits.PROCESSES, RateLimits.STARTED);
        this.comparison.atLeast(0.95 * limit, started);
        this.comparison.atMost(1.05 * limit, started);
        this.comparison.neverMoreThan(1.1 * limit, limits(RateLimits.PROCESSES, RateLimits.BUSIEST));
        this.comparison.reaches(
                limits(KeyLimits.BESIDE_KEYS, Metric.RATE), limits(LimitsWorkload.PLAIN, Metric.RATE), 0.8);
    }

    private static Row limits(String scenario, Metric metric) {
        return new Row(LimitsWorkload.NAME, scenario, metric);
    }

    private void others() {
        this.comparison.reaches(
                new Row(ProcessesWorkload.NAME, ProcessesWorkload.scenario(4), Metric.RATE),
                new Row(ProcessesWorkload.NAME, ProcessesWorkload.scenario(1), Metric.RATE),
                1);
        this.comparison.atMost(2, new Row(IdleWorkload.NAME, IdleWorkload.SCENARIO, IdleWorkload.STATEMENTS));
        this.comparison.reaches(
                new Row(DatabasesWorkload.NAME, Product.MARIADB.label(), Metric.RATE),
                new Row(DatabasesWorkload.NAME, Product.POSTGRESQL.label(), Metric.RATE),
                0.5);
        this.comparison.neverMoreThan(
                0, new Row(PriorityWorkload.NAME, PriorityWorkload.LONG_TASKS, PriorityWorkload.OVERTAKEN));
        this.comparison.neverMoreThan(
                100, new Row(PriorityWorkload.NAME, PriorityWorkload.FULL_SPEED, PriorityWorkload.MAX));
        this.comparison.neverMoreThan(
                100, new Row(PriorityWorkload.NAME, PriorityWorkload.LATE_COMMITS, PriorityWorkload.LATE_MAX));
    }
}
