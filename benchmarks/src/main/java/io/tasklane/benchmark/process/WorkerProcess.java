package io.tasklane.benchmark.process;

import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.Product;
import io.tasklane.benchmark.measure.Ledger;
import io.tasklane.benchmark.peer.Node;
import io.tasklane.benchmark.peer.NodeSettings;
import io.tasklane.benchmark.peer.Peer;
import io.tasklane.benchmark.peer.Peers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process that opens, starts and closes nodes as its parent tells it, line by line, and answers each line with
 * {@code ok} or with what went wrong.
 */
public final class WorkerProcess {

    // What comes before is always there.
    private static final int FIRST_PROPERTY = 10;

    private final int number;

    private @Nullable Node node;

    private WorkerProcess(int number) {
        this.number = number;
    }

    /** Obeys until the input ends; the argument is the number of this process. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        // Whatever a library prints is no answer.
        System.setOut(System.err);
        WorkerProcess process = new WorkerProcess(Integer.parseInt(arguments[0]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(process.answer(line.split("\t", -1)));
        }
        System.exit(0);
    }

    private String answer(String[] command) {
        try {
            switch (command[0]) {
                case "open" -> open(command);
                case "start" -> opened().start();
                case "close" -> close();
                default -> throw new IllegalArgumentException(command[0]);
            }
            return "ok";
        } catch (Exception ex) {
            ex.printStackTrace();
            return ex.toString().replace('\n', ' ');
        }
    }

    private void open(String[] command) throws Exception {
        Peer peer = Peers.named(command[1]);
        Database database = new Database(Product.valueOf(command[2]), command[3], command[4], command[5]);
        Ledger ledger = Ledger.open(Path.of(command[6]), this.number);
        this.node = peer.open(new NodeSettings(
                database,
                Integer.parseInt(command[7]),
                Integer.parseInt(command[8]),
                1,
                Boolean.parseBoolean(command[9]),
                properties(command),
                ledger));
    }

    private static Map<String, String> properties(String[] command) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = FIRST_PROPERTY; i < command.length; i++) {
            String[] property = command[i].split("=", 2);
            properties.put(property[0], property[1]);
        }
        return properties;
    }

    /** Writes the line that lets a process open a node; its task bodies must be a ledger's. */
    static String openCommand(Peer peer, NodeSettings settings) {
        if (!(settings.body() instanceof Ledger ledger)) {
            throw new IllegalArgumentException("Only a ledger can be shared with another process");
        }
        Database database = settings.database();
        List<String> command = new ArrayList<>(List.of(
                "open",
                peer.name(),
                database.product().name(),
                database.url(),
                database.username(),
                database.password(),
                ledger.file().toAbsolutePath().toString(),
                Integer.toString(settings.connections()),
                Integer.toString(settings.concurrency()),
                Boolean.toString(settings.signal())));
        settings.properties().forEach((name, value) -> command.add(name + "=" + value));
        return String.join("\t", command);
    }

    private Node opened() {
        if (this.node == null) {
            throw new IllegalStateException("No node is open");
        }
        return this.node;
    }

    private void close() throws Exception {
        opened().close();
        this.node = null;
    }
}
