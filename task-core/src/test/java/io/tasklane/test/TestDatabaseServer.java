package io.tasklane.test;

/** A running server on which databases are created and dropped. */
interface TestDatabaseServer {

    void createDatabase(String name);

    void dropDatabase(String name);

    String urlOf(String database);

    String username();

    String password();
}
