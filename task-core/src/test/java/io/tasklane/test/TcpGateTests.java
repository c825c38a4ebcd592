package io.tasklane.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpGateTests {

    @Test
    void whatComesThroughIsHeldBackInBothDirections() throws Exception {
        try (ServerSocket server = echo(0);
                TcpGate gate = new TcpGate(0, "localhost", server.getLocalPort());
                Socket client = connect(gate)) {
            assertThat(roundTrip(client)).isLessThan(Duration.ofSeconds(5));
            gate.delay(Duration.ofMillis(200));
            assertThat(roundTrip(client)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        }
    }

    @Test
    void aServerThatIsAwayBreaksNewConnectionsAndIsFoundOnceItIsBack() throws Exception {
        int port;
        try (ServerSocket server = echo(0)) {
            port = server.getLocalPort();
        }
        try (TcpGate gate = new TcpGate(0, "localhost", port)) {
            try (Socket client = connect(gate)) {
                assertThat(client.getInputStream().read()).isNegative();
            }
            try (ServerSocket server = echo(port);
                    Socket client = connect(gate)) {
                assertThat(roundTrip(client)).isPositive();
            }
        }
    }

    private static Socket connect(TcpGate gate) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), gate.port());
    }

    private static Duration roundTrip(Socket client) throws IOException {
        long start = System.nanoTime();
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Sends back what it gets, on one connection. */
    private static ServerSocket echo(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread thread = new Thread(() -> {
            try (Socket client = server.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException ex) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }
}
