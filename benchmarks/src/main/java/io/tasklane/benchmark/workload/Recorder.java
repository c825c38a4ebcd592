package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.measure.Usage;
import io.tasklane.benchmark.report.Check;
import io.tasklane.benchmark.report.Metric;
import io.tasklane.benchmark.report.Results;
import io.tasklane.benchmark.report.Row;

/** Takes down what one measurement finds. */
public final class Recorder {

    private static final double THOUSAND = 1_000;

    private final Results results;

    private final String workload;

    private final String scenario;

    private final String peer;

    /** Creates a recorder for one scenario and peer. */
    public Recorder(Results results, String workload, String scenario, String peer) {
        this.results = results;
        this.workload = workload;
        this.scenario = scenario;
        this.peer = peer;
    }

    /** Takes down a value. */
    public void record(Metric metric, double value) {
        this.results.add(new Row(this.workload, this.scenario, metric), this.peer, value);
    }

    /** Takes down the rate of so many tasks, and what each of them cost. */
    public void recordUsage(Usage usage, int tasks) {
        record(Metric.RATE, tasks / usage.seconds());
        recordCost(usage, tasks);
    }

    /** Takes down what each of so many tasks cost. */
    public void recordCost(Usage usage, int tasks) {
        record(Metric.JVM_CPU, usage.jvmSeconds() * THOUSAND / tasks);
        record(Metric.DATABASE_CPU, usage.databaseSeconds() * THOUSAND / tasks);
        record(Metric.COMMITS, usage.commits() / tasks);
        record(Metric.WAL, usage.walBytes() / tasks);
    }

    /** Takes down whether something is as it must be. */
    public void check(String what, boolean passed, String detail) {
        String place = "%s, %s, %s: %s".formatted(this.workload, this.scenario, this.peer, what);
        this.results.add(new Check(place, passed, detail));
    }

    /**
     * Checks that no task was lost or ran twice.
     *
     * @param enqueued how many tasks were enqueued
     * @param unfinished how many of them the peer still has
     */
    public void checkLedger(Ledger ledger, int enqueued, long unfinished) {
        int doubled = ledger.doubled();
        // A task may have run and still wait for its completion, so there may be more than enqueued, never fewer.
        long lost = Math.max(0, enqueued - ledger.distinct() - unfinished);
        check(
                "no task lost or doubled",
                lost == 0 && doubled == 0,
                "%d enqueued, %d ran, %d left, %d lost, %d doubled"
                        .formatted(enqueued, ledger.distinct(), unfinished, lost, doubled));
    }
}
