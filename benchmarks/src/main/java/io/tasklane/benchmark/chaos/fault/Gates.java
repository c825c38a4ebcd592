package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.chaos.server.ChaosServer;
import io.tasklane.benchmark.chaos.server.Ports;
import io.tasklane.benchmark.database.Database;
import io.tasklane.test.TcpGate;
import java.time.Duration;
import java.util.List;

/** The way of one process to the database, that can be cut and made long. */
public final class Gates implements AutoCloseable {

    private final ChaosServer server;

    private final List<TcpGate> gates;

    /** Opens the way. */
    public Gates(ChaosServer server) {
        this.server = server;
        this.gates = server.ports().stream()
                .map(port -> new TcpGate(Ports.free(), "localhost", port))
                .toList();
    }

    /** Returns the database, reached by this way. */
    public Database database() {
        return this.server.database(this.gates.stream().map(TcpGate::port).toList());
    }

    /** Breaks all connections, and lets none be made. */
    void shut() {
        this.gates.forEach(TcpGate::shut);
    }

    void open() {
        this.gates.forEach(TcpGate::open);
    }

    /** Holds everything back for so long, in both directions. */
    void delay(Duration delay) {
        this.gates.forEach(gate -> gate.delay(delay));
    }

    @Override
    public void close() {
        this.gates.forEach(TcpGate::close);
    }
}
