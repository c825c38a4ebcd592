package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.worker.WorkerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker process, and the signals that it gets. */
final class WorkerJvm {

    private static final long EXIT_SECONDS = 60;

    private final Process process;

    private final BufferedReader answers;

    private WorkerJvm(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a JVM like this one.
     *
     * @param options options of the JVM
     * @param arguments arguments of the application
     * @param log takes what it logs
     */
    static WorkerJvm start(List<String> options, List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dbenchmark.connection-log=OFF"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
        command.addAll(arguments);
        return new WorkerJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                .start());
    }

    /** Waits until the application has started, and returns how far the clock of the process is ahead. */
    Duration awaitReady() throws IOException {
        String answer = this.answers.readLine();
        if (answer == null || !answer.startsWith(WorkerMain.READY)) {
            throw new IOException("A worker process did not start: " + answer);
        }
        long clock = Long.parseLong(answer.substring(WorkerMain.READY.length()));
        return Duration.ofMillis(clock - System.currentTimeMillis());
    }

    boolean isAlive() {
        return this.process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        this.process.destroyForcibly().waitFor();
    }

    /** SIGSTOP. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** SIGTERM; returns the exit status. */
    int terminate() throws IOException, InterruptedException {
        signal("TERM");
        if (!this.process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
            this.process.destroyForcibly();
            throw new IOException("A worker process did not end within %d s of SIGTERM".formatted(EXIT_SECONDS));
        }
        return this.process.exitValue();
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("Could not send SIG%s to process %d".formatted(name, this.process.pid()));
        }
    }

    void destroy() {
        this.process.destroyForcibly();
    }
}
