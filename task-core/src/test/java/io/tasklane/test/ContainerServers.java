package io.tasklane.test;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.mariadb.MariaDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Servers in containers. Testcontainers removes a container when the JVM ends. */
final class ContainerServers {

    private ContainerServers() {}

    static TestDatabaseServer postgresql() {
        requireDocker();
        // Many pools share the server, and its data need not survive.
        return start(new PostgreSQLContainer("postgres:18-alpine")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300"));
    }

    static TestDatabaseServer mariadb() {
        requireDocker();
        // As root, because the user made by the image may create no database.
        return start(new MariaDBContainer("mariadb:11.4").withUsername("root").withPassword("test"));
    }

    private static void requireDocker() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("Docker does not answer");
        }
    }

    private static TestDatabaseServer start(JdbcDatabaseContainer<?> container) {
        container.start();
        return new JdbcServer(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }
}
