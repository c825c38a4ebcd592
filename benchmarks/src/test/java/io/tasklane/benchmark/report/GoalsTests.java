package io.tasklane.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.benchmark.Scale;
import io.tasklane.benchmark.peer.Peers;
import io.tasklane.benchmark.workload.DrainWorkload;
import io.tasklane.benchmark.workload.PriorityWorkload;
import org.junit.jupiter.api.Test;

/** Tests for {@link Goals}. */
class GoalsTests {

    private static final Row DRAIN = new Row(DrainWorkload.NAME, "any", Metric.RATE);

    private final Results results = new Results();

    @Test
    void shortRunDemandsTheRateOfTheBestRival() {
        drain("db-scheduler-lock", 900);
        drain("jobrunr", 100);
        drain("bare-batched", 100_000);

        drain("tasklane", 899);
        assertThat(check(true).passed()).isFalse();

        drain("tasklane", 950);
        drain("tasklane", 960);
        assertThat(check(true).passed()).isTrue();
    }

    @Test
    void fullRunDemandsFiveTimesTheBestRival() {
        drain("db-scheduler-lock", 900);
        drain("tasklane", 4_400);

        Check check = check(false);

        assertThat(check.passed()).isFalse();
        assertThat(check.toString()).contains("5.0 × db-scheduler-lock", "4,400", "4.89 ×");
    }

    @Test
    void saysNothingWhereFiguresAreMissing() {
        drain("tasklane", 1);

        Goals.check(new Scale(true, 1), Peers.all(), this.results);

        assertThat(this.results.checks()).isEmpty();
    }

    @Test
    void theWorstRoundCountsWhereNothingMayHappenEver() {
        Row overtaken = new Row(PriorityWorkload.NAME, PriorityWorkload.LONG_TASKS, PriorityWorkload.OVERTAKEN);
        this.results.add(overtaken, "tasklane", 0);
        this.results.add(overtaken, "tasklane", 0);
        this.results.add(overtaken, "tasklane", 1);

        assertThat(check(false).passed()).isFalse();
    }

    private void drain(String peer, double rate) {
        this.results.add(DRAIN, peer, rate);
    }

    private Check check(boolean brief) {
        Goals.check(new Scale(brief, 1), Peers.all(), this.results);
        return this.results.checks().get(this.results.checks().size() - 1);
    }
}
