package io.tasklane.benchmark.process;

import io.tasklane.benchmark.peer.NodeSettings;
import io.tasklane.benchmark.peer.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Another JVM, in which nodes are opened and started. It stays for many measurements, and so gets warm. */
public final class RemoteWorker implements AutoCloseable {

    private static final long EXIT_SECONDS = 10;

    private static final double NANOS = 1e9;

    private final Process process;

    private final PrintWriter commands;

    private final BufferedReader answers;

    private RemoteWorker(Process process) {
        this.process = process;
        this.commands =
                new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a JVM like this one.
     *
     * @param number number of the process in ledgers
     */
    public static RemoteWorker start(int number) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerProcess.class.getName(),
                Integer.toString(number));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return new RemoteWorker(builder.start());
    }

    /** Opens a node, which does not consume yet. */
    public void open(Peer peer, NodeSettings settings) throws IOException {
        tell(WorkerProcess.openCommand(peer, settings));
        awaitAnswer();
    }

    /** Lets the node begin to run tasks. */
    public void startNode() throws IOException {
        tell("start");
        awaitAnswer();
    }

    /** Closes the node. */
    public void closeNode() throws IOException {
        tell("close");
        awaitAnswer();
    }

    /** Returns the processor time that the process has used so far, in seconds. */
    public double processorSeconds() {
        return this.process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS;
    }

    private void tell(String command) {
        this.commands.println(command);
    }

    private void awaitAnswer() throws IOException {
        String answer = this.answers.readLine();
        if (!"ok".equals(answer)) {
            throw new IOException("A worker process failed: " + answer);
        }
    }

    /** Ends the process. */
    @Override
    public void close() {
        this.commands.close();
        try {
            if (!this.process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                this.process.destroyForcibly();
            }
        } catch (InterruptedException ex) {
            this.process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
