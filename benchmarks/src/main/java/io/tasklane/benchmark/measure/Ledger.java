package io.tasklane.benchmark.measure;

import io.tasklane.benchmark.peer.TaskBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Book of all executions of one measurement: per task how often it ran, when it first started and in which process. It is
 * a file in memory shared by the processes, whose monotonic clocks agree because they run on one machine.
 */
public final class Ledger implements TaskBody, AutoCloseable {

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    // Header: how many different tasks have ended, how many runs there were, how long each works.
    private static final int DISTINCT = 0;

    private static final int RUNS = 4;

    private static final int WORK_MICROS = 8;

    private static final int HEADER = 64;

    // Record: first start in nanoseconds, number of runs, process of the first run.
    private static final int RECORD = 16;

    private static final long AWAIT_STEP_NANOS = 1_000_000;

    private final Path file;

    private final ByteBuffer book;

    private final int tasks;

    private final int process;

    private final long workNanos;

    private Ledger(Path file, ByteBuffer book, int process) {
        this.file = file;
        this.book = book;
        this.tasks = (book.capacity() - HEADER) / RECORD;
        this.process = process;
        this.workNanos = (int) INT.getVolatile(book, WORK_MICROS) * 1_000L;
    }

    /**
     * Begins a new book.
     *
     * @param tasks how many tasks it has room for, numbered from 0
     * @param work how long each task works; zero for no-op
     */
    public static Ledger create(Path directory, int tasks, Duration work) throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(directory), "ledger", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer book = channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER + (long) RECORD * tasks);
            INT.setVolatile(book, WORK_MICROS, (int) (work.toNanos() / 1_000));
            return new Ledger(file, book, 0);
        }
    }

    /**
     * Opens the book of another process.
     *
     * @param process number of this process
     */
    public static Ledger open(Path file, int process) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Ledger(file, channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size()), process);
        }
    }

    /** Returns the file, for other processes. */
    public Path file() {
        return this.file;
    }

    /** Returns how many tasks there is room for. */
    public int tasks() {
        return this.tasks;
    }

    /** Enters a run of the task, and works as long as the book says. */
    @Override
    public void run(int task) {
        int record = record(task);
        long start = System.nanoTime();
        boolean first = (int) INT.getAndAdd(this.book, record + 8, 1) == 0;
        if (first) {
            INT.setVolatile(this.book, record + 12, this.process);
            LONG.setVolatile(this.book, record, start);
        }
        if (this.workNanos > 0) {
            work();
        }
        INT.getAndAdd(this.book, RUNS, 1);
        if (first) {
            INT.getAndAdd(this.book, DISTINCT, 1);
        }
    }

    private void work() {
        long until = System.nanoTime() + this.workNanos;
        for (long left = this.workNanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Interrupted at work");
            }
        }
    }

    /** Returns how many different tasks have ended. */
    public int distinct() {
        return (int) INT.getVolatile(this.book, DISTINCT);
    }

    /** Returns how many runs have ended, more than {@link #distinct()} if a task ran twice. */
    public int runs() {
        return (int) INT.getVolatile(this.book, RUNS);
    }

    /** Returns how often the task was started. */
    public int runsOf(int task) {
        return (int) INT.getVolatile(this.book, record(task) + 8);
    }

    /** Returns when the task first started, as {@link System#nanoTime()}, or 0 if it did not. */
    public long startOf(int task) {
        return (long) LONG.getVolatile(this.book, record(task));
    }

    /** Returns how many tasks started more than once. */
    public int doubled() {
        int doubled = 0;
        for (int task = 0; task < this.tasks; task++) {
            doubled += runsOf(task) > 1 ? 1 : 0;
        }
        return doubled;
    }

    /** Returns how many tasks each process ran, by its number. */
    public int[] byProcess(int processes) {
        int[] counts = new int[processes];
        for (int task = 0; task < this.tasks; task++) {
            if (runsOf(task) > 0) {
                counts[(int) INT.getVolatile(this.book, record(task) + 12)]++;
            }
        }
        return counts;
    }

    /** Returns all first starts among the given tasks, earliest first. */
    public long[] starts(int from, int to) {
        long[] starts = new long[to - from];
        int found = 0;
        for (int task = from; task < to; task++) {
            long start = startOf(task);
            if (start != 0) {
                starts[found++] = start;
            }
        }
        long[] sorted = Arrays.copyOf(starts, found);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Waits until so many different tasks have ended, and returns whether they have in time. */
    public boolean awaitDistinct(int count, Duration limit) {
        return await(() -> distinct() >= count, limit);
    }

    /** Waits until all tasks from the first to before the second number have been started. */
    public boolean awaitStarted(int from, int to, Duration limit) {
        return await(() -> IntStream.range(from, to).allMatch(task -> runsOf(task) > 0), limit);
    }

    /** Waits until any task has been started. */
    public boolean awaitFirst(int from, int to, Duration limit) {
        return await(
                () -> {
                    if (distinct() > 0) {
                        return true;
                    }
                    // The first tasks of a backlog are the ones to start; a few stand for all.
                    for (int task = from; task < Math.min(to, from + 64); task++) {
                        if (runsOf(task) > 0) {
                            return true;
                        }
                    }
                    return false;
                },
                limit);
    }

    private static boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(AWAIT_STEP_NANOS);
        }
        return true;
    }

    private int record(int task) {
        return HEADER + RECORD * task;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(this.file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
