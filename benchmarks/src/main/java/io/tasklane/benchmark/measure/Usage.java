package io.tasklane.benchmark.measure;

/**
 * What has been used up so far. Whatever cannot be known is not a number.
 *
 * @param nanos monotonic time of the reading
 * @param jvmSeconds processor time of this JVM, or of those that run the tasks
 * @param databaseSeconds processor time of the database server
 * @param commits transactions committed in the database
 * @param walBytes write-ahead log of the server
 */
public record Usage(long nanos, double jvmSeconds, double databaseSeconds, double commits, double walBytes) {

    private static final double NANOS = 1e9;

    /** Returns what was used since the earlier reading. */
    public Usage since(Usage earlier) {
        return new Usage(
                this.nanos - earlier.nanos,
                this.jvmSeconds - earlier.jvmSeconds,
                this.databaseSeconds - earlier.databaseSeconds,
                this.commits - earlier.commits,
                this.walBytes - earlier.walBytes);
    }

    /** Returns the same usage with the commits of another one, read after all connections were closed. */
    public Usage withCommits(Usage later) {
        return new Usage(this.nanos, this.jvmSeconds, this.databaseSeconds, later.commits, this.walBytes);
    }

    /** Returns the same usage with the processor time of other JVMs. */
    public Usage withJvm(double seconds) {
        return new Usage(this.nanos, seconds, this.databaseSeconds, this.commits, this.walBytes);
    }

    /** Returns the time in seconds. */
    public double seconds() {
        return this.nanos / NANOS;
    }
}
