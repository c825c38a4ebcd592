package io.tasklane.benchmark.peer;

import io.tasklane.benchmark.database.Database;

/** The statements of a queue made of SQL alone. */
interface BareSql {

    String description();

    void createTables(Database database) throws Exception;

    String unfinished();

    /** Parameters: id, payload. */
    String insertOne();

    /** Parameters: arrays of id and payload. */
    String insertMany();

    /** Parameter: how many. Gives id and payload. */
    String claim();

    /** Parameters: arrays of id, of start and of end in microseconds since 1970. */
    String complete();
}
