package io.tasklane.benchmark.chaos.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that stay free while nobody listens: below those that systems give to outgoing connections. */
public final class Ports {

    private static final int FIRST = 15_000;

    private static final int END = 30_000;

    private static final int TRIES = 100;

    private Ports() {}

    /** Returns a port of this machine to which nobody listens. */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException ex) {
                // Somebody listens there: another one.
            }
        }
        throw new IllegalStateException("No free port from %d to %d".formatted(FIRST, END));
    }
}
