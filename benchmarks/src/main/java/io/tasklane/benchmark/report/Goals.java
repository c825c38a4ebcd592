package io.tasklane.benchmark.report;

import io.tasklane.benchmark.Scale;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.workload.DrainWorkload;
import java.util.List;
import java.util.OptionalDouble;

/** The goals, checked for whatever was measured in the same run. */
public final class Goals {

    private Goals() {}

    /** Adds a check for each goal for which there are figures. */
    public static void check(Scale scale, List<Peer> peers, Results results) {
        Comparison comparison = new Comparison(peers, results);
        // In a short run the figures are too few to demand more than the order.
        double factor = scale.pick(5.0, 1.0);
        for (Row row : List.copyOf(results.rows())) {
            if (row.workload().equals(DrainWorkload.NAME) && row.metric().equals(Metric.RATE)) {
                comparison.atLeastRivals(row, factor);
                if (!scale.brief()) {
                    comparison.atLeast(row, "bare-batched", 0.6);
                }
            }
        }
    }

    /** Compares the product of this project with the others. */
    private record Comparison(List<Peer> peers, Results results) {

        void atLeastRivals(Row row, double factor) {
            String best = "";
            double most = 0;
            for (Peer peer : this.peers) {
                OptionalDouble median = this.results.median(row, peer.name());
                if (peer.role() == Peer.Role.RIVAL && median.isPresent() && median.getAsDouble() > most) {
                    best = peer.name();
                    most = median.getAsDouble();
                }
            }
            if (!best.isEmpty()) {
                atLeast(row, best, factor);
            }
        }

        void atLeast(Row row, String other, double factor) {
            OptionalDouble ours = this.results.median(row, "tasklane");
            OptionalDouble theirs = this.results.median(row, other);
            if (ours.isPresent() && theirs.isPresent()) {
                double ratio = ours.getAsDouble() / theirs.getAsDouble();
                this.results.add(new Check(
                        "%s, %s: at least %.1f × %s".formatted(row.workload(), row.scenario(), factor, other),
                        ratio >= factor,
                        "%,.0f against %,.0f %s, %.2f ×"
                                .formatted(
                                        ours.getAsDouble(),
                                        theirs.getAsDouble(),
                                        row.metric().unit(),
                                        ratio)));
            }
        }
    }
}
