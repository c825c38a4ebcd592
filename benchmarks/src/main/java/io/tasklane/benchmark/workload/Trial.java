package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.PostgreSqlServer;
import io.tasklane.benchmark.database.Product;
import io.tasklane.benchmark.database.Server;
import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.measure.Meters;
import io.tasklane.benchmark.measure.Usage;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.NodeSettings;
import io.tasklane.benchmark.peer.Peer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One measurement: a database of its own, a peer, and the book of its tasks. */
public final class Trial implements AutoCloseable {

    private static final Duration FIRST_LIMIT = Duration.ofSeconds(30);

    private static final long STEP_NANOS = 2_000_000;

    private static final Duration DISCONNECT_LIMIT = Duration.ofSeconds(5);

    private final Server server;

    private final Database database;

    private final Peer peer;

    private final Ledger ledger;

    private final Meters meters;

    Trial(Server server, Database database, Peer peer, Ledger ledger) throws SQLException {
        this.server = server;
        this.database = database;
        this.peer = peer;
        this.ledger = ledger;
        this.meters = new Meters(server, database);
    }

    Database database() {
        return this.database;
    }

    Ledger ledger() {
        return this.ledger;
    }

    /** Returns settings for a node of this trial; 0 for one that only produces. */
    NodeSettings settings(int concurrency) {
        return NodeSettings.of(this.database, Lab.CONNECTIONS, concurrency, this.ledger);
    }

    Node open(int concurrency) throws Exception {
        return this.peer.open(settings(concurrency));
    }

    /**
     * Starts the node on its backlog, and waits until so many tasks have ended and their completions are committed, but no
     * longer than the limit.
     *
     * @return what it took from the first start on; the peer's own start-up is not counted
     */
    Drained drain(Node node, int tasks, Duration limit) throws Exception {
        node.start();
        if (!this.ledger.awaitFirst(0, this.ledger.tasks(), FIRST_LIMIT)) {
            throw new IllegalStateException("No task has started within " + FIRST_LIMIT);
        }
        Usage before = this.meters.read();
        boolean complete = this.ledger.awaitDistinct(tasks, limit);
        int ended = this.ledger.distinct();
        if (complete && tasks == this.ledger.tasks()) {
            awaitCompletions(limit);
        }
        return new Drained(ended, before, this.meters.read());
    }

    // What has run counts once the database knows that it has.
    private void awaitCompletions(Duration limit) throws SQLException {
        String query = "SELECT count(*) FROM (SELECT 1 FROM (%s) u LIMIT 1) v".formatted(this.peer.unfinished());
        long deadline = System.nanoTime() + limit.toNanos();
        while (this.meters.number(query) > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /**
     * Lets the planner know of all rows, as autovacuum would have in time, and writes them to disk: else the first commits
     * wait for gigabytes that were inserted for them.
     */
    void settle() throws SQLException {
        this.database.execute("VACUUM ANALYZE");
        if (this.server instanceof PostgreSqlServer postgres) {
            postgres.checkpoint();
        }
    }

    /** Returns how many tasks the peer still has. */
    long unfinished() throws SQLException {
        return this.meters.number("SELECT count(*) FROM (%s) u".formatted(this.peer.unfinished()));
    }

    /** Reads the meters. */
    Usage usage() throws SQLException {
        return this.meters.read();
    }

    /** Reads the meters once all nodes are closed and their connections have told of their last commits. */
    Usage usageAfterClose() throws SQLException {
        if (this.database.product() == Product.POSTGRESQL) {
            long deadline = System.nanoTime() + DISCONNECT_LIMIT.toNanos();
            String others = """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()""";
            while (this.meters.number(others) > 0 && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(STEP_NANOS);
            }
        }
        return this.meters.read();
    }

    @Override
    public void close() throws SQLException {
        this.ledger.close();
        this.meters.close();
        this.server.drop(this.database);
        if (this.server instanceof PostgreSqlServer postgres) {
            postgres.checkpoint();
        }
    }

    /** How far a drain came, and the meters before and after. */
    record Drained(int ended, Usage before, Usage after) {

        Usage used() {
            return this.after.since(this.before);
        }
    }
}
