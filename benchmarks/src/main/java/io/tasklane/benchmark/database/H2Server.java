package io.tasklane.benchmark.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** H2 inside this process, each database in a file. */
public final class H2Server implements Server {

    private final Path directory;

    /** Keeps its files in this directory. */
    public H2Server(Path directory) {
        this.directory = directory;
    }

    @Override
    public Map<String, String> settings() throws SQLException {
        Database any = create("settings");
        try {
            return Map.of(
                    "version",
                    any.text("SELECT H2VERSION()"),
                    "file",
                    "async:, and as H2 does by default, commits reach the disk within 500 ms");
        } finally {
            drop(any);
        }
    }

    @Override
    public Database create(String name) {
        return new Database(
                Product.H2,
                "jdbc:h2:async:%s;DB_CLOSE_DELAY=-1"
                        .formatted(this.directory.toAbsolutePath().resolve(name)),
                "sa",
                "");
    }

    @Override
    public void drop(Database database) throws SQLException {
        database.execute("DROP ALL OBJECTS", "SHUTDOWN");
    }

    @Override
    public OptionalDouble processorSeconds() {
        // It is part of the JVM's.
        return OptionalDouble.empty();
    }

    @Override
    public void close() {
        if (!Files.isDirectory(this.directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(this.directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
