package io.tasklane.benchmark.database;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands between clients and PostgreSQL, passes on every byte, and counts the statements that clients execute, by their text.
 * It counts what arrives at the server, whatever the client thinks that it sends.
 */
public final class StatementCounter implements AutoCloseable {

    private final ServerSocket listener;

    private final String host;

    private final int port;

    private final Map<String, Integer> counts = new TreeMap<>();

    private StatementCounter(ServerSocket listener, URI server) {
        this.listener = listener;
        this.host = server.getHost();
        this.port = server.getPort() > 0 ? server.getPort() : 5432;
    }

    /** Begins to listen on a free port, for clients of this database. */
    public static StatementCounter before(Database database) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        StatementCounter counter =
                new StatementCounter(listener, URI.create(database.url().substring("jdbc:".length())));
        start("statement-counter", counter::accept);
        return counter;
    }

    /** Returns the same database, reached through this counter, without encryption. */
    public Database database(Database database) {
        Database through = database.through(this.listener.getLocalPort());
        String separator = through.url().contains("?") ? "&" : "?";
        return new Database(
                through.product(),
                through.url() + separator + "sslmode=disable&gssEncMode=disable",
                through.username(),
                through.password());
    }

    /** Forgets what it has counted. */
    public synchronized void reset() {
        this.counts.clear();
    }

    /** Returns how often each statement was executed since the last reset; the empty one is a check of a connection. */
    public synchronized Map<String, Integer> counts() {
        return Map.copyOf(this.counts);
    }

    private synchronized void count(String sql) {
        this.counts.merge(sql.strip().replaceAll("\\s+", " "), 1, Integer::sum);
    }

    private void accept() throws IOException {
        while (!this.listener.isClosed()) {
            Socket client = this.listener.accept();
            Socket server = new Socket(this.host, this.port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start("statement-counter-answers", () -> pass(server.getInputStream(), client));
            start("statement-counter-requests", () -> new Session().pass(client, server));
        }
    }

    private static void pass(InputStream input, Socket output) throws IOException {
        try (output) {
            input.transferTo(output.getOutputStream());
        }
    }

    private static void start(String name, Transfer transfer) {
        Thread thread = new Thread(
                () -> {
                    try {
                        transfer.run();
                    } catch (IOException ex) {
                        // One side has hung up.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Refuses new clients. */
    @Override
    public void close() throws IOException {
        this.listener.close();
    }

    /** Messages from one client. A statement is parsed once under a name, bound to a portal, and executed by that. */
    private final class Session {

        private final Map<String, String> statements = new HashMap<>();

        private final Map<String, String> portals = new HashMap<>();

        void pass(Socket client, Socket server) throws IOException {
            try (client;
                    server) {
                DataInputStream input = new DataInputStream(client.getInputStream());
                OutputStream output = server.getOutputStream();
                // The first message has no type.
                copy(input, output, 0);
                for (int type = input.read(); type >= 0; type = input.read()) {
                    copy(input, output, type);
                }
            }
        }

        private void copy(DataInputStream input, OutputStream output, int type) throws IOException {
            int length = input.readInt();
            byte[] body = input.readNBytes(length - Integer.BYTES);
            ByteBuffer message = ByteBuffer.allocate(length + 1);
            if (type != 0) {
                message.put((byte) type);
            }
            message.putInt(length).put(body);
            output.write(message.array(), 0, message.position());
            output.flush();
            read(type, body);
        }

        private void read(int type, byte[] body) {
            ByteBuffer message = ByteBuffer.wrap(body);
            switch (type) {
                case 'Q' -> count(text(message));
                case 'P' -> this.statements.put(text(message), text(message));
                case 'B' -> this.portals.put(text(message), this.statements.getOrDefault(text(message), ""));
                case 'E' -> count(this.portals.getOrDefault(text(message), ""));
                default -> {
                    // Nothing that executes anything.
                }
            }
        }

        private static String text(ByteBuffer message) {
            int start = message.position();
            while (message.get() != 0) {
                // Texts end with a zero.
            }
            return new String(message.array(), start, message.position() - start - 1, StandardCharsets.UTF_8);
        }
    }

    /** Moves bytes until one side hangs up. */
    @FunctionalInterface
    private interface Transfer {

        void run() throws IOException;
    }
}
