package io.tasklane.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands between an application and its database server, and takes the server away: connections break and none can be
 * made, as when it restarts; or connections stay, but nothing comes through any more, as after a failover; or everything
 * takes long.
 *
 * @since 0.1.0
 */
public final class TcpGate implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)");

    private final @Nullable String url;

    private final InetSocketAddress target;

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private final Set<Socket> stalled = ConcurrentHashMap.newKeySet();

    /** Ends of connections whose other end sent what an ambush waits for: what the server answers is lost. */
    private final Set<Socket> doomed = ConcurrentHashMap.newKeySet();

    private volatile Ambush ambush = Ambush.NONE;

    private volatile Duration delay = Duration.ZERO;

    private ServerSocket listener;

    private Thread acceptor;

    /**
     * Opens a gate to the server of a database.
     *
     * @param url JDBC URL with host and port
     */
    public TcpGate(String url) {
        Matcher address = ADDRESS.matcher(url);
        if (!address.find()) {
            throw new IllegalArgumentException("No host and port in " + url);
        }
        this.target = new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2)));
        listen(0);
        this.url = address.replaceFirst("//localhost:" + this.listener.getLocalPort());
    }

    /**
     * Opens a gate to a server.
     *
     * @param own port of this machine that leads through the gate; one that is not given to outgoing connections, or somebody
     *     may have it while the gate is shut
     * @param host host of the server
     * @param port its port; nobody needs to listen there yet
     */
    public TcpGate(int own, String host, int port) {
        this.target = new InetSocketAddress(host, port);
        this.url = null;
        listen(own);
    }

    /** Return the JDBC URL that leads through the gate. */
    public String url() {
        if (this.url == null) {
            throw new IllegalStateException("Only a gate made for a URL has one");
        }
        return this.url;
    }

    /** Return the port of this machine that leads through the gate. */
    public int port() {
        return this.listener.getLocalPort();
    }

    /** Break all connections, and accept none. */
    public void shut() {
        closeQuietly(this.listener);
        awaitAcceptor();
        this.sockets.forEach(TcpGate::closeQuietly);
        this.sockets.clear();
    }

    /** Accept connections again. */
    public void open() {
        listen(this.listener.getLocalPort());
    }

    /** Keep the present connections, and let nothing through any more; new ones are not affected. */
    public void stall() {
        this.stalled.addAll(this.sockets);
    }

    /**
     * Once, a connection breaks after the server has answered a statement, and before the client hears of it.
     *
     * @param earlier what the connection must have sent before, such as a statement that only one transaction sends
     * @param statement the statement, or a part of it
     */
    public void loseReplyTo(String earlier, String statement) {
        this.ambush = new Ambush(earlier, statement, true);
    }

    /**
     * Once, a connection breaks before a statement reaches the server.
     *
     * @param earlier what the connection must have sent before
     * @param statement the statement, or a part of it
     */
    public void breakBefore(String earlier, String statement) {
        this.ambush = new Ambush(earlier, statement, false);
    }

    /** Whether the connection that was to break has done so. */
    public boolean isSprung() {
        return this.ambush == Ambush.NONE;
    }

    /** Hold back what comes through, in both directions, for so long from now on; zero for not at all. */
    public void delay(Duration value) {
        this.delay = value;
    }

    @Override
    public void close() {
        shut();
    }

    private void listen(int port) {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            this.acceptor = run(() -> accept(opened));
            this.listener = opened;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** A thread within accept can take one more connection while its listener is being closed. */
    private void awaitAcceptor() {
        try {
            this.acceptor.join();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket from) throws IOException {
        while (true) {
            Socket client = from.accept();
            try {
                Socket server = new Socket(this.target.getHostString(), this.target.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                this.sockets.add(client);
                this.sockets.add(server);
                run(() -> copy(client, server));
                run(() -> copy(server, client));
            } catch (ConnectException ex) {
                // The server is away: so is the gate.
                closeQuietly(client);
            }
        }
    }

    private void copy(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            boolean seenEarlier = false;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (this.doomed.contains(from)) {
                    return;
                }
                Ambush waiting = this.ambush;
                if (waiting != Ambush.NONE) {
                    String sent = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                    seenEarlier |= sent.contains(waiting.earlier());
                    if (seenEarlier && sent.contains(waiting.statement())) {
                        this.ambush = Ambush.NONE;
                        if (!waiting.delivered()) {
                            return;
                        }
                        this.doomed.add(to);
                    }
                }
                // What arrives for a stalled connection is lost.
                if (!this.stalled.contains(from)) {
                    hold();
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } finally {
            this.sockets.remove(from);
            this.sockets.remove(to);
            this.doomed.remove(from);
        }
    }

    private void hold() {
        long until = System.nanoTime() + this.delay.toNanos();
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Thread run(Transfer transfer) {
        Thread thread = new Thread(
                () -> {
                    try {
                        transfer.run();
                    } catch (IOException ex) {
                        // An end of the connection is closed.
                    }
                },
                "tcp-gate");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception ex) {
            // It is closed as far as anybody can see.
        }
    }

    private record Ambush(String earlier, String statement, boolean delivered) {

        static final Ambush NONE = new Ambush("", "", false);
    }

    private interface Transfer {

        void run() throws IOException;
    }
}
