package io.tasklane.benchmark.peer;

import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.Product;

/** A product that is measured. */
public interface Peer {

    /** Returns the name on the command line and in tables. */
    String name();

    /** Returns name, version and how it is set up here, for the report. */
    String settings();

    /** Returns what it is in the comparison. */
    Role role();

    /** Returns whether it is measured on this database. */
    default boolean supports(Product product) {
        return product == Product.POSTGRESQL;
    }

    /** Creates its tables in an empty database, and leaves no connection open. */
    void createTables(Database database) throws Exception;

    /** Returns a query with one row for each task of a measurement that has not ended. */
    String unfinished();

    /** Opens a node that does not consume yet. */
    Node open(NodeSettings settings) throws Exception;

    /** What a peer is in the comparison. */
    enum Role {

        /** The product of this project. */
        SUBJECT,

        /** Another product. */
        RIVAL,

        /** SQL without any product: what the database can do. */
        REFERENCE
    }
}
