package io.tasklane.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The values of one metric over the rounds. */
public final class Samples {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        this.values.add(value);
    }

    /** Returns the values, in the order of the rounds. */
    public List<Double> values() {
        return Collections.unmodifiableList(this.values);
    }

    /** Returns the middle one, or the mean of the two in the middle. */
    public double median() {
        List<Double> sorted = this.values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns the least value. */
    public double min() {
        return Collections.min(this.values);
    }

    /** Returns the greatest value. */
    public double max() {
        return Collections.max(this.values);
    }
}
