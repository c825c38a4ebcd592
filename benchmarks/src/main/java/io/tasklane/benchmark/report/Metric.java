package io.tasklane.benchmark.report;

/**
 * What is measured.
 *
 * @param name what it is, as in a table
 * @param unit its unit
 * @param digits digits after the point that mean something
 */
public record Metric(String name, String unit, int digits) {

    /** Tasks that ended in a second. */
    public static final Metric RATE = new Metric("rate", "tasks/s", 0);

    /** Processor time of the JVMs that run the tasks. */
    public static final Metric JVM_CPU = new Metric("CPU of the JVM", "s per 1000 tasks", 3);

    /** Processor time of the database server. */
    public static final Metric DATABASE_CPU = new Metric("CPU of the database", "s per 1000 tasks", 3);

    /** Transactions committed. */
    public static final Metric COMMITS = new Metric("commits", "per task", 3);

    /** Write-ahead log written. */
    public static final Metric WAL = new Metric("WAL", "bytes per task", 0);

    @Override
    public String toString() {
        return this.name + ", " + this.unit;
    }
}
