package io.tasklane.benchmark.chaos.server;

import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.Product;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** One PostgreSQL server: a directory and a port. */
final class PostgreSqlProcess {

    /** Not part of a copy: the log comes from the server itself, the rest belongs to the process. */
    private static final Set<String> LEFT_OUT =
            Set.of("pg_wal", "postmaster.pid", "postmaster.opts", "pg_replslot", "pg_stat_tmp");

    private final Path programs;

    private final Path data;

    private final int port;

    PostgreSqlProcess(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    int port() {
        return this.port;
    }

    Database database(String name) {
        return new Database(
                Product.POSTGRESQL, "jdbc:postgresql://localhost:%d/%s".formatted(this.port, name), "postgres", "");
    }

    /** Appends settings, of which the last of a name counts. */
    void configure(List<String> settings) throws IOException {
        Files.write(this.data.resolve("postgresql.conf"), settings, StandardOpenOption.APPEND);
    }

    void start() throws IOException {
        control("start", "-w", "-l", log().toString());
    }

    void stop(String mode) throws IOException {
        control("stop", "-w", "-m", mode);
    }

    void promote() throws IOException {
        control("promote", "-w");
    }

    private void control(String verb, String... options) throws IOException {
        String[] command = new String[4 + options.length];
        command[0] = this.programs.resolve("pg_ctl").toString();
        command[1] = "-D";
        command[2] = this.data.toString();
        command[3] = verb;
        System.arraycopy(options, 0, command, 4, options.length);
        Commands.run(log(), command);
    }

    private Path log() {
        return this.data.resolveSibling(this.data.getFileName() + ".log");
    }

    /** Copies this running server into another directory, from which a standby of it can start. */
    PostgreSqlProcess copy(Path directory, int toPort) throws IOException, SQLException {
        PostgreSqlProcess copy = new PostgreSqlProcess(this.programs, directory, toPort);
        try (Connection connection = database("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('standby', true)");
            copyFiles(this.data, directory);
            try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                row.next();
                Files.writeString(directory.resolve("backup_label"), row.getString(1));
            }
        }
        for (String empty : List.of("pg_wal/archive_status", "pg_wal/summaries", "pg_replslot", "pg_stat_tmp")) {
            Files.createDirectories(directory.resolve(empty));
        }
        copy.configure(List.of("port = " + toPort));
        return copy;
    }

    /** Makes this copy follow another server when it starts. */
    void follow(PostgreSqlProcess primary, String name) throws IOException {
        configure(List.of("primary_conninfo = 'host=localhost port=%d user=postgres application_name=%s'"
                .formatted(primary.port, name)));
        Files.writeString(this.data.resolve("standby.signal"), "");
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (from.equals(directory.getParent())
                        && LEFT_OUT.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Path target = Files.createDirectories(to.resolve(from.relativize(directory)));
                Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!LEFT_OUT.contains(file.getFileName().toString())) {
                    copyFile(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    // A running server removes files; what they held is in its log.
    private static void copyFile(Path file, Path target) throws IOException {
        try {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException ex) {
            Files.deleteIfExists(target);
        }
    }
}
