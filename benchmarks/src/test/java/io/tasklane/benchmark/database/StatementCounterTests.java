package io.tasklane.benchmark.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests for {@link StatementCounter}. */
class StatementCounterTests {

    @Test
    void countsWhatIsExecutedAndPassesEverythingOn() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Database database = new Database(
                    Product.POSTGRESQL, "jdbc:postgresql://localhost:%d/any".formatted(server.getLocalPort()), "", "");
            try (StatementCounter counter = StatementCounter.before(database)) {
                byte[] sent = conversation();
                int port = Integer.parseInt(counter.database(database).url().replaceAll(".*:(\\d+)/.*", "$1"));
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
                        Socket accepted = server.accept()) {
                    client.getOutputStream().write(sent);

                    assertThat(accepted.getInputStream().readNBytes(sent.length))
                            .isEqualTo(sent);
                }
                assertThat(counter.counts()).isEqualTo(Map.of("BEGIN", 1, "SELECT 1", 2, "", 1));
            }
        }
    }

    private static byte[] conversation() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream output = new DataOutputStream(bytes);
        output.writeInt(9);
        output.writeBytes("start");
        message(output, 'Q', "BEGIN\0");
        message(output, 'P', "s1\0SELECT\n 1\0");
        message(output, 'B', "\0s1\0rest");
        message(output, 'E', "\0rest");
        message(output, 'B', "\0s1\0rest");
        message(output, 'E', "\0rest");
        message(output, 'S', "");
        message(output, 'Q', "\0");
        return bytes.toByteArray();
    }

    private static void message(DataOutputStream output, char type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        output.writeByte(type);
        output.writeInt(bytes.length + 4);
        output.write(bytes);
    }
}
