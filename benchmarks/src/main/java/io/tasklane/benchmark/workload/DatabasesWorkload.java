package io.tasklane.benchmark.workload;

import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.H2Server;
import io.tasklane.benchmark.database.MariaDbServer;
import io.tasklane.benchmark.database.Product;
import io.tasklane.benchmark.database.Server;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.report.Metric;
import java.time.Duration;
import java.util.List;

/** The same drain on every database. */
public final class DatabasesWorkload implements Workload {

    /** Name of this workload. */
    public static final String NAME = "databases";

    private static final int CONCURRENCY = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return """
                The same backlog at concurrency %d on PostgreSQL, on MariaDB with durable settings (each commit flushed to disk),
                and on H2 in a file (which flushes within 500 ms by itself).""".formatted(CONCURRENCY);
    }

    @Override
    public List<Scenario> scenarios(Lab lab) {
        // Unpacking MariaDB takes a good part of what a short run may take.
        List<Product> products = lab.scale().pick(List.of(Product.values()), List.of(Product.H2));
        return products.stream()
                .map(product ->
                        Scenario.forSubject(product.label(), (peer, recorder) -> drain(lab, product, peer, recorder)))
                .toList();
    }

    private static void drain(Lab lab, Product product, Peer peer, Recorder recorder) throws Exception {
        int tasks = lab.scale().pick(50_000, 3_000);
        Duration limit = Duration.ofSeconds(60);
        try (Trial trial = trial(lab, product, peer, tasks)) {
            Trial.Drained drained;
            try (Node node = trial.open(CONCURRENCY)) {
                node.fill(0, tasks);
                drained = trial.drain(node, tasks, limit);
            }
            recorder.record(Metric.RATE, drained.ended() / drained.used().seconds());
            recorder.checkLedger(trial.ledger(), tasks, trial.unfinished());
        }
    }

    private static Trial trial(Lab lab, Product product, Peer peer, int tasks) throws Exception {
        if (product == Product.POSTGRESQL) {
            return lab.trial(peer, tasks);
        }
        Server server = lab.otherServer(
                product, directory -> product == Product.H2 ? new H2Server(directory) : MariaDbServer.start(directory));
        Database database = server.create(lab.newName());
        peer.createTables(database);
        return new Trial(server, database, peer, lab.ledger(tasks, Duration.ZERO));
    }
}
