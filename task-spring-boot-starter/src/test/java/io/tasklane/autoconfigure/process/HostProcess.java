package io.tasklane.autoconfigure.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.test.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link WebProgram} in a process of its own. */
final class HostProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();

    private final Path output;

    private final Process process;

    private HostProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it, and waits until it can be asked. What it prints goes into a file. */
    static HostProcess start(TestDatabase database, String url, Path output, String... properties) throws IOException {
        HostProcess host = launch(database, url, output, properties);
        host.awaitLine(WebProgram.PORT);
        return host;
    }

    /** Starts it, and waits for nothing. */
    static HostProcess launch(TestDatabase database, String url, Path output, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WebProgram.class.getName(),
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.flyway.enabled=false",
                "--spring.liquibase.enabled=false",
                "--spring.data.jpa.repositories.enabled=false",
                "--spring.autoconfigure.exclude="
                        + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--tasklane.defaults.concurrency=1"));
        for (String property : properties) {
            command.add("--" + property);
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new HostProcess(process, output);
    }

    /** Returns the status of the answer. */
    int get(String path) throws IOException, InterruptedException {
        return this.http
                .send(request(path), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Returns what the status of the answer will be. */
    CompletableFuture<Integer> getLater(String path) {
        return this.http
                .sendAsync(request(path), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    private HttpRequest request(String path) {
        String port = awaitLine(WebProgram.PORT).substring(WebProgram.PORT.length());
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
    }

    /** Sends SIGTERM, as {@code kill} and Kubernetes do. */
    void terminate() {
        this.process.destroy();
    }

    boolean isAlive() {
        return this.process.isAlive();
    }

    /** Waits for the end, and returns the exit code. */
    int awaitEnd() throws InterruptedException {
        assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(this::output)
                .isTrue();
        return this.process.exitValue();
    }

    /** Waits for a line, and returns it; the process may have ended after it. */
    String awaitLine(String start) {
        await().atMost(PATIENCE).until(() -> line(start).isPresent() || !isAlive());
        return line(start).orElseThrow(() -> new AssertionError("No line '%s' in: %s".formatted(start, output())));
    }

    private Optional<String> line(String start) {
        return output().lines().filter(line -> line.startsWith(start)).findFirst();
    }

    String output() {
        try {
            return Files.readString(this.output);
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        this.process.destroyForcibly();
    }
}
