package io.tasklane.benchmark.chaos.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs of a database and waits for their end. */
final class Commands {

    private Commands() {}

    /**
     * Runs a program.
     *
     * @param log takes what it prints, and what the processes print that it leaves behind
     * @throws IOException if it fails
     */
    static void run(Path log, String... command) throws IOException {
        Process process = new ProcessBuilder(unprivileged(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("%s ended with status %d; see %s"
                        .formatted(String.join(" ", command), process.exitValue(), log));
            }
        } catch (InterruptedException ex) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while it ran: " + String.join(" ", command), ex);
        }
    }

    // PostgreSQL refuses to be run by root, also where there is nobody else, as in many containers.
    private static List<String> unprivileged(List<String> command) {
        if (!System.getProperty("user.name").equals("root") || !Files.isExecutable(Path.of("/usr/bin/unshare"))) {
            return command;
        }
        List<String> unshared = new ArrayList<>(List.of("unshare", "-U"));
        unshared.addAll(command);
        return unshared;
    }
}
