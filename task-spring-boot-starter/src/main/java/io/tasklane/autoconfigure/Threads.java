package io.tasklane.autoconfigure;

import io.tasklane.ConcurrencyRange;
import io.tasklane.worker.WorkerThreads;
import org.jspecify.annotations.Nullable;

/** Checks the values of {@code executor} properties. */
final class Threads {

    private static final int FIRST_JAVA_WITH_VIRTUAL_THREADS = 21;

    private Threads() {}

    static void checkInline(
            PropertyProblems problems, String prefix, WorkerThreads threads, @Nullable String concurrency) {
        ConcurrencyRange range = Concurrency.read(concurrency);
        problems.require(
                !threads.isInline() || range == null || range.max() == 1,
                prefix + ".concurrency",
                concurrency,
                "executor 'inline' runs one task at a time; use 1, or leave it out");
    }

    static void check(PropertyProblems problems, String property, @Nullable WorkerThreads value, int javaVersion) {
        problems.require(
                value != WorkerThreads.VIRTUAL || javaVersion >= FIRST_JAVA_WITH_VIRTUAL_THREADS,
                property,
                "virtual",
                "virtual threads need Java 21 or later, this is Java %d; use 'platform'".formatted(javaVersion));
    }
}
