package io.tasklane.benchmark.chaos;

import io.tasklane.benchmark.chaos.audit.Evidence;
import io.tasklane.benchmark.chaos.audit.History;
import io.tasklane.benchmark.chaos.fault.Fault;
import io.tasklane.benchmark.chaos.fault.FaultPlan;
import io.tasklane.benchmark.chaos.fault.FaultWindow;
import io.tasklane.benchmark.chaos.fault.Gates;
import io.tasklane.benchmark.chaos.fault.Node;
import io.tasklane.benchmark.chaos.fault.Scene;
import io.tasklane.benchmark.chaos.server.ChaosServer;
import io.tasklane.benchmark.chaos.worker.ClockSkew;
import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.report.Check;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A server, producers and workers, from the first process to the last. */
final class Stage implements AutoCloseable {

    /** One clock is right. */
    private static final List<Duration> SKEWS = List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1));

    private static final Duration WARM_UP = Duration.ofSeconds(11);

    private static final Duration DRAINED = Duration.ofMinutes(3);

    private final ChaosOptions options;

    private final ChaosServer server;

    private final Gates producerGates;

    private final Producers producers;

    private final List<Node> nodes;

    private final AtomicBoolean closed = new AtomicBoolean();

    private Stage(
            ChaosOptions options, ChaosServer server, List<Node> nodes, Gates producerGates, Producers producers) {
        this.options = options;
        this.server = server;
        this.nodes = nodes;
        this.producerGates = producerGates;
        this.producers = producers;
    }

    /** Starts all processes at once, on an empty database. */
    static Stage open(ChaosOptions options, Path directory) throws Exception {
        ChaosServer server = ChaosServer.start(options.product(), directory.resolve("database"));
        List<Node> nodes = new ArrayList<>();
        try {
            Path agent = agent(directory);
            for (Duration skew : SKEWS) {
                Node node = new Node(nodes.size() + 1, server, skew, directory, agent);
                nodes.add(node);
                node.start();
            }
            Gates gates = new Gates(server);
            Stage stage = new Stage(options, server, nodes, gates, Producers.open(gates.database()));
            History.createTables(stage.direct());
            // Workers end with this process, a server does not.
            Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
            return stage;
        } catch (Exception ex) {
            nodes.forEach(Node::close);
            server.close();
            throw ex;
        }
    }

    /** Its class is on the class path of every process. */
    private static Path agent(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), ClockSkew.class.getName());
        Path jar = directory.resolve("clock-skew.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(out, manifest)) {
            written.finish();
        }
        return jar.toAbsolutePath();
    }

    private Database direct() {
        return this.server.database(this.server.ports());
    }

    /**
     * Lets the faults happen, and waits for the end of all tasks.
     *
     * @param checks gets what is found out on the way
     */
    Evidence play(List<Check> checks) throws Exception {
        for (Node node : this.nodes) {
            node.awaitReady();
        }
        this.producers.start();
        Scene.pause(WARM_UP);
        List<FaultWindow> windows = injectAll(checks);
        List<Order> orders = this.producers.stop();
        boolean drained = awaitDrained();
        checks.add(new Check("all work was done in the end", drained, "within " + DRAINED));
        long dead = this.nodes.stream().filter(node -> !node.isAlive()).count();
        checks.add(new Check("no worker ended by itself", dead == 0, dead + " did"));
        return new Evidence(orders, windows, History.read(direct()));
    }

    private List<FaultWindow> injectAll(List<Check> checks) {
        List<FaultWindow> windows = new ArrayList<>();
        List<Fault> faults = this.options.faults();
        Scene scene = new Scene(this.server, this.nodes, this.producerGates, new Random());
        FaultPlan plan = new FaultPlan(scene, direct());
        long start = System.nanoTime();
        int injected = 0;
        while (injected < faults.size()
                || System.nanoTime() - start < this.options.time().toNanos()) {
            Fault fault = faults.get(injected % faults.size());
            try {
                windows.addAll(plan.inject(fault));
            } catch (Exception ex) {
                ex.printStackTrace();
                checks.add(new Check("%s can be done".formatted(fault.name()), false, ex.toString()));
                return windows;
            }
            Scene.pause(this.options.calm());
            injected++;
        }
        return windows;
    }

    private boolean awaitDrained() throws SQLException {
        long start = System.nanoTime();
        String unfinished = "SELECT COUNT(*) FROM tasklane_tasks WHERE state IN ('QUEUED', 'RUNNING', 'SCHEDULED')";
        while (direct().number(unfinished) > 0) {
            if (System.nanoTime() - start > DRAINED.toNanos()) {
                return false;
            }
            Scene.pause(Duration.ofMillis(200));
        }
        return true;
    }

    @Override
    public void close() {
        if (!this.closed.compareAndSet(false, true)) {
            return;
        }
        this.nodes.forEach(Node::close);
        this.producers.close();
        this.producerGates.close();
        this.server.close();
    }
}
