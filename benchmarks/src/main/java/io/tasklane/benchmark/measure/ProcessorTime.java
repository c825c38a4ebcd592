package io.tasklane.benchmark.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Processor time of a process and all its children, as Linux tells it in {@code /proc}. The time of a child that has ended is
 * counted by its parent, so nothing gets lost when a connection closes.
 */
public final class ProcessorTime {

    // USER_HZ, fixed in the interface between Linux and its programs.
    private static final double TICKS_PER_SECOND = 100;

    private final long process;

    /**
     * Watches a process.
     *
     * @param process its number
     */
    public ProcessorTime(long process) {
        this.process = process;
    }

    /** Returns the seconds used so far, by user and system code. */
    public double seconds() {
        long ticks = 0;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path directory : (Iterable<Path>) processes::iterator) {
                if (Character.isDigit(directory.getFileName().toString().charAt(0))) {
                    ticks += ticks(directory);
                }
            }
        } catch (IOException ex) {
            throw new UncheckedIOException("Processor time can only be read on Linux", ex);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private long ticks(Path directory) {
        String stat;
        try {
            stat = Files.readString(directory.resolve("stat"));
        } catch (IOException ex) {
            // Ended meanwhile: its parent has its time.
            return 0;
        }
        // After the name, which may contain spaces: state, parent, ...; times are fields 14 to 17.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long number = Long.parseLong(directory.getFileName().toString());
        long parent = Long.parseLong(fields[1]);
        if (number == this.process) {
            return sum(fields, 11, 14);
        }
        return parent == this.process ? sum(fields, 11, 12) : 0;
    }

    private static long sum(String[] fields, int from, int to) {
        long sum = 0;
        for (int i = from; i <= to; i++) {
            sum += Long.parseLong(fields[i]);
        }
        return sum;
    }
}
