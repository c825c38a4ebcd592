package io.tasklane.benchmark.chaos.fault;

import io.tasklane.benchmark.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lets one fault happen after the other, and waits after each until all workers run tasks again. */
public final class FaultPlan {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Scene scene;

    private final Database database;

    /**
     * Creates a plan.
     *
     * @param database the database, reached by a way that no fault meets
     */
    public FaultPlan(Scene scene, Database database) {
        this.scene = scene;
        this.database = database;
    }

    /** Lets a fault happen. Returns when it was at work, and on whom. */
    public List<FaultWindow> inject(Fault fault) throws Exception {
        System.out.printf("%s: %s%n", fault.name(), fault.description());
        List<Injection> injections = fault.inject(this.scene);
        Duration resumed = awaitWork();
        return injections.stream()
                .map(injection -> injection.resumedAfter(fault.name(), resumed))
                .toList();
    }

    private Duration awaitWork() {
        long begin = System.nanoTime();
        while (true) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            if (allWork(begin) || waited.compareTo(LIMIT) > 0) {
                return waited;
            }
            Scene.pause(Duration.ofMillis(100));
        }
    }

    private boolean allWork(long since) {
        Set<String> missing = new HashSet<>();
        this.scene.nodes().forEach(node -> missing.add(node.name()));
        try (Connection connection = this.database.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT DISTINCT node FROM chaos_run WHERE start_nanos > " + since)) {
            while (row.next()) {
                missing.remove(row.getString(1));
            }
        } catch (SQLException ex) {
            // Not back yet.
            return false;
        }
        return missing.isEmpty();
    }
}
