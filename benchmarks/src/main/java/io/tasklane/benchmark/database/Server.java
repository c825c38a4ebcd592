package io.tasklane.benchmark.database;

import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalDouble;

/** A running database server, on which each measurement gets a database of its own. */
public interface Server extends AutoCloseable {

    /** Returns version and settings that matter, as the server tells them. */
    Map<String, String> settings() throws SQLException;

    /** Creates an empty database. */
    Database create(String name) throws SQLException;

    /** Drops a database. */
    void drop(Database database) throws SQLException;

    /** Returns the processor time in seconds that all processes of the server have used, if it runs on this machine. */
    OptionalDouble processorSeconds();

    @Override
    void close();
}
