package io.tasklane.test;

import java.util.List;

/**
 * Database product a test can run on. An enum, so that a test can be parameterised with it.
 *
 * @since 0.1.0
 */
public enum TestDatabaseProduct {

    /** H2 in memory. */
    H2(new SharedServer("H2", List.of(H2Server::new))),

    /** PostgreSQL. */
    POSTGRESQL(new SharedServer(
            "PostgreSQL",
            List.of(
                    () -> JdbcServer.fromOutside("POSTGRESQL"),
                    () -> ContainerServers.postgresql(),
                    () -> EmbeddedPostgresServer.start()))),

    /** MariaDB. */
    MARIADB(new SharedServer(
            "MariaDB",
            List.of(
                    () -> JdbcServer.fromOutside("MARIADB"),
                    () -> ContainerServers.mariadb(),
                    () -> EmbeddedMariaDbServer.start())));

    private final SharedServer server;

    TestDatabaseProduct(SharedServer server) {
        this.server = server;
    }

    TestDatabaseServer server() {
        return this.server.get();
    }
}
