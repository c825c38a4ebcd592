package io.tasklane.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** PostgreSQL from binaries on the class path. The library stops it and deletes its data when the JVM ends. */
final class EmbeddedPostgresServer {

    private EmbeddedPostgresServer() {}

    static TestDatabaseServer start() throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        return new JdbcServer(server.getJdbcUrl("postgres", "postgres"), "postgres", "");
    }
}
