package io.tasklane.benchmark.report;

/**
 * Something that must be so.
 *
 * @param what what must be so
 * @param passed whether it is
 * @param detail the figures
 */
public record Check(String what, boolean passed, String detail) {

    @Override
    public String toString() {
        return "%s %s: %s".formatted(this.passed ? "passed" : "FAILED", this.what, this.detail);
    }
}
