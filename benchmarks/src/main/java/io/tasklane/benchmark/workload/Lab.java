package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.Scale;
import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.PostgreSqlServer;
import io.tasklane.benchmark.database.Product;
import io.tasklane.benchmark.database.Server;
import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.process.RemoteWorkers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Where measurements are taken: the server, the size of the run, and a fresh database for each of them. */
public final class Lab implements AutoCloseable {

    /** Size of the connection pool of every peer. */
    public static final int CONNECTIONS = Integer.getInteger("benchmark.connections", 20);

    private final PostgreSqlServer server;

    private final Scale scale;

    private final Path directory;

    // Distinct between runs too, because a server named from outside may keep what a killed run has left.
    private final String prefix = "bench_" + UUID.randomUUID().toString().substring(0, 8);

    private final Map<String, Database> templates = new HashMap<>();

    private final Map<Product, Server> otherServers = new EnumMap<>(Product.class);

    private final RemoteWorkers workers = new RemoteWorkers();

    private int databases;

    /** Creates a lab; the directory is for its working files. */
    public Lab(PostgreSqlServer server, Scale scale, Path directory) {
        this.server = server;
        this.scale = scale;
        this.directory = directory;
    }

    /** Returns the server on which peers are compared. */
    public PostgreSqlServer server() {
        return this.server;
    }

    /** Returns how long the run takes. */
    public Scale scale() {
        return this.scale;
    }

    /** Returns the directory for working files. */
    public Path directory() {
        return this.directory;
    }

    /** Returns the processes in which nodes can be opened. */
    public RemoteWorkers workers() {
        return this.workers;
    }

    /** Returns a server of another product, started when it is needed first. */
    Server otherServer(Product product, ServerStart start) throws Exception {
        Server other = this.otherServers.get(product);
        if (other == null) {
            other = start.in(this.directory.resolve(product.name().toLowerCase(Locale.ROOT)));
            this.otherServers.put(product, other);
        }
        return other;
    }

    /** Begins a measurement of no-op tasks, numbered from 0. */
    public Trial trial(Peer peer, int tasks) throws Exception {
        return trial(peer, tasks, Duration.ZERO);
    }

    /** Begins a measurement of tasks that each work so long, numbered from 0. */
    public Trial trial(Peer peer, int tasks, Duration work) throws Exception {
        return new Trial(this.server, newDatabase(peer), peer, ledger(tasks, work));
    }

    /** Opens a book for so many tasks. */
    public Ledger ledger(int tasks, Duration work) throws IOException {
        return Ledger.create(this.directory, tasks, work);
    }

    // The tables are created once and then copied, which is faster than the migrations of some peers.
    private Database newDatabase(Peer peer) throws Exception {
        Database template = this.templates.get(peer.name());
        if (template == null) {
            template = this.server.create(newName());
            peer.createTables(template);
            this.templates.put(peer.name(), template);
        }
        return this.server.copy(template, newName());
    }

    /** Returns a name that no other database of this run has. */
    String newName() {
        return this.prefix + "_" + ++this.databases;
    }

    /** Ends and drops what it keeps between measurements. */
    @Override
    public void close() throws SQLException {
        this.workers.close();
        this.otherServers.values().forEach(Server::close);
        for (Database template : this.templates.values()) {
            this.server.drop(template);
        }
    }

    /** Starts a server that keeps its files in the given directory. */
    @FunctionalInterface
    interface ServerStart {

        Server in(Path directory) throws Exception;
    }
}
