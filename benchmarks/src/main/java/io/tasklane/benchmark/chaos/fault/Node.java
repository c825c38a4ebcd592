package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.ChaosProperties;
import io.tasklane.benchmark.chaos.server.ChaosServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The place of a worker: one process after the other, each with a name of its own, all by one way to the database. */
public final class Node implements AutoCloseable {

    private static final Duration SKEW_TOLERANCE = Duration.ofSeconds(30);

    private final int number;

    private final Gates gates;

    private final Duration skew;

    private final Path directory;

    private final Path agent;

    private @Nullable WorkerJvm process;

    private int generation;

    /**
     * Creates a place without a process.
     *
     * @param number number of the place, from 1
     * @param skew how far the clocks of its processes are ahead
     * @param directory takes the logs
     * @param agent the jar of the agent that sets clocks wrong
     */
    public Node(int number, ChaosServer server, Duration skew, Path directory, Path agent) {
        this.number = number;
        this.gates = new Gates(server);
        this.skew = skew;
        this.directory = directory;
        this.agent = agent;
    }

    /** Returns the number of the place. */
    public int number() {
        return this.number;
    }

    /** Returns how far the clock of its process is ahead. */
    public Duration skew() {
        return this.skew;
    }

    /** Returns the name of the present process. */
    public String name() {
        return "w%d-%d".formatted(this.number, this.generation);
    }

    /** Returns the number of the place of a process. */
    public static int numberOf(String name) {
        return Integer.parseInt(name.substring(1, name.indexOf('-')));
    }

    Gates gates() {
        return this.gates;
    }

    /** Starts a process; {@link #awaitReady} returns once it runs. */
    public void start() throws IOException {
        this.generation++;
        List<String> options =
                this.skew.isZero() ? List.of() : List.of("-javaagent:%s=%s".formatted(this.agent, this.skew));
        this.process = WorkerJvm.start(
                options,
                ChaosProperties.arguments(name(), this.gates.database(), true),
                this.directory.resolve(name() + ".log"));
    }

    /** Waits until the process runs, and makes sure that its clock is as wrong as it should be. */
    public void awaitReady() throws IOException {
        Duration ahead = process().awaitReady();
        if (ahead.minus(this.skew).abs().compareTo(SKEW_TOLERANCE) > 0) {
            throw new IOException("The clock of %s is ahead by %s instead of %s".formatted(name(), ahead, this.skew));
        }
    }

    WorkerJvm process() {
        if (this.process == null) {
            throw new IllegalStateException("Node %d has no process".formatted(this.number));
        }
        return this.process;
    }

    /** Whether its process runs. */
    public boolean isAlive() {
        return this.process != null && this.process.isAlive();
    }

    @Override
    public void close() {
        if (this.process != null) {
            this.process.destroy();
        }
        this.gates.close();
    }
}
