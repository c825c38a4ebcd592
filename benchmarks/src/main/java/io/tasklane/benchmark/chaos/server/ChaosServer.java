package io.tasklane.benchmark.chaos.server;

import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.Product;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** A database server that can be taken away. */
public interface ChaosServer extends AutoCloseable {

    /** Name of the database in which everything happens. */
    String DATABASE = "chaos";

    /**
     * Starts the server of a product.
     *
     * @param directory where it keeps its data
     */
    static ChaosServer start(Product product, Path directory) throws Exception {
        return switch (product) {
            case POSTGRESQL -> PostgreSqlCluster.start(directory);
            case MARIADB -> MariaDbProcess.start(directory);
            case H2 ->
                throw new IllegalArgumentException("H2 runs in the process itself and cannot be taken away from it");
        };
    }

    /** Returns the ports at which there is, or may be, a server. */
    List<Integer> ports();

    /**
     * Returns how to reach the database.
     *
     * @param ports ports of this machine, one that leads to each of {@link #ports()}
     */
    Database database(List<Integer> ports);

    /** Ends the server without a word: what is not durable is gone, all connections break. */
    void kill() throws IOException, SQLException;

    /** Starts the server again, where it was. */
    void restart() throws Exception;

    /** Adds a standby, where the product has one here, without which no transaction commits, and returns once it follows. */
    void addStandby() throws Exception;

    /** Ends the server without a word and for good, and makes the standby the server. */
    void failOver() throws Exception;

    @Override
    void close();
}
