package io.tasklane.benchmark.report;

import java.util.Collection;

/**
 * Turns values into lengths of bars; by their logarithm where the smaller ones could not be seen otherwise.
 *
 * @param least value of a bar without length
 * @param most value of the longest bar
 * @param pixels length of the longest bar
 * @param logarithmic whether lengths go by the logarithm
 */
record BarScale(double least, double most, int pixels, boolean logarithmic) {

    private static final double WIDE = 200;

    static BarScale of(Collection<Samples> values, int pixels) {
        double most = values.stream().mapToDouble(Samples::max).max().orElse(0);
        double least = values.stream()
                .mapToDouble(Samples::min)
                .filter(value -> value > 0)
                .min()
                .orElse(most);
        boolean logarithmic = least > 0 && most / least > WIDE;
        // A decade begins where the bars do, so that the shortest one can be seen.
        double start = logarithmic ? Math.pow(10, Math.ceil(Math.log10(least)) - 1) : 0;
        return new BarScale(start, most, pixels, logarithmic);
    }

    double pixels(double value) {
        if (this.logarithmic) {
            return value <= this.least
                    ? 0
                    : this.pixels * Math.log(value / this.least) / Math.log(this.most / this.least);
        }
        return this.most > 0 ? this.pixels * value / this.most : 0;
    }
}
