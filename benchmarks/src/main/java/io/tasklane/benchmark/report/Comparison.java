package io.tasklane.benchmark.report;

import io.tasklane.benchmark.peer.Peer;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Compares the product of this project with the others, or with itself, and says nothing where figures are missing. */
final class Comparison {

    private final List<Peer> peers;

    private final Results results;

    private final String subject;

    Comparison(List<Peer> peers, Results results) {
        this.peers = peers;
        this.results = results;
        this.subject = peers.stream()
                .filter(peer -> peer.role() == Peer.Role.SUBJECT)
                .map(Peer::name)
                .findFirst()
                .orElse("");
    }

    /** Checks that it reaches so many times the best other product. */
    void reachesRivals(Row row, double factor) {
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
            reaches(row, best, factor);
        }
    }

    /** Checks that it reaches so many times another one. */
    void reaches(Row row, String other, double factor) {
        compare(row, this.results.median(row, other), other, factor);
    }

    /** Checks that it reaches so many times what it reached itself in another row. */
    void reaches(Row row, Row other, double factor) {
        compare(row, this.results.median(other, this.subject), other.scenario(), factor);
    }

    private void compare(Row row, OptionalDouble theirs, String other, double factor) {
        OptionalDouble ours = this.results.median(row, this.subject);
        if (ours.isPresent() && theirs.isPresent()) {
            double ratio = ours.getAsDouble() / theirs.getAsDouble();
            add(
                    "%s at least %.1f × %s".formatted(place(row), factor, other),
                    ratio >= factor,
                    "%s against %s, %.2f ×"
                            .formatted(text(row, ours.getAsDouble()), text(row, theirs.getAsDouble()), ratio));
        }
    }

    /** Checks that it is no less than the limit. */
    void atLeast(double limit, Row row) {
        OptionalDouble median = this.results.median(row, this.subject);
        if (median.isPresent()) {
            add(
                    "%s at least %s".formatted(place(row), text(row, limit)),
                    median.getAsDouble() >= limit,
                    text(row, median.getAsDouble()));
        }
    }

    /** Checks that the sum of these rows is no more than the limit. */
    void atMost(double limit, Row... rows) {
        double sum = 0;
        for (Row row : rows) {
            OptionalDouble median = this.results.median(row, this.subject);
            if (median.isEmpty()) {
                return;
            }
            sum += median.getAsDouble();
        }
        String what =
                rows.length == 1 ? place(rows[0]) : "%s and the other %d".formatted(place(rows[0]), rows.length - 1);
        add("%s at most %s".formatted(what, text(rows[0], limit)), sum <= limit, text(rows[0], sum));
    }

    /** Checks that no round had more than the limit. */
    void neverMoreThan(double limit, Row row) {
        Map<String, Samples> values = this.results.of(row);
        Samples samples = values.get(this.subject);
        if (samples != null) {
            add(
                    "%s never more than %s".formatted(place(row), text(row, limit)),
                    samples.max() <= limit,
                    text(row, samples.max()));
        }
    }

    private void add(String what, boolean passed, String detail) {
        this.results.add(new Check("goal: " + what, passed, detail));
    }

    private static String place(Row row) {
        return "%s, %s, %s:"
                .formatted(row.workload(), row.scenario(), row.metric().name());
    }

    private static String text(Row row, double value) {
        return ("%,." + row.metric().digits() + "f %s")
                .formatted(value, row.metric().unit());
    }
}
