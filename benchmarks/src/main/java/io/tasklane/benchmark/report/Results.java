package io.tasklane.benchmark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Everything that a run has found so far, in the order in which it was found. */
public final class Results {

    private final Map<Row, Map<String, Samples>> rows = new LinkedHashMap<>();

    private final List<Check> checks = new ArrayList<>();

    /** Adds a value. */
    public void add(Row row, String peer, double value) {
        if (!Double.isNaN(value)) {
            this.rows
                    .computeIfAbsent(row, created -> new LinkedHashMap<>())
                    .computeIfAbsent(peer, created -> new Samples())
                    .add(value);
        }
    }

    /** Adds the outcome of a check. */
    public void add(Check check) {
        this.checks.add(check);
    }

    /** Returns all rows. */
    public Set<Row> rows() {
        return this.rows.keySet();
    }

    /** Returns the values of a row by peer. */
    public Map<String, Samples> of(Row row) {
        return this.rows.getOrDefault(row, Map.of());
    }

    /** Returns the median of a row for one peer, if it was measured. */
    public OptionalDouble median(Row row, String peer) {
        Samples samples = of(row).get(peer);
        return samples != null ? OptionalDouble.of(samples.median()) : OptionalDouble.empty();
    }

    /** Returns all checks. */
    public List<Check> checks() {
        return this.checks;
    }
}
