package dev.maru.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep their connection and are quick to ask again. */
class KeepAliveIT {
    private static final int CONNECTIONS = 20;
    private static final int REQUESTS = 50;

    @Test
    void answersEveryRequestOfAConnectionThatIsKept(@TempDir Path data) throws IOException {
        try (RunningServer server = RunningServer.start(data)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                askAgainAndAgain(server.port());
            }
        }
    }

    private static void askAgainAndAgain(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            byte[] request = ("GET /api/rooms/lobby/messages HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < REQUESTS; i++) {
                socket.getOutputStream().write(request);
                assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
                skipAnswer(in);
            }
        }
    }

    private static void skipAnswer(BufferedReader in) throws IOException {
        String length = Stream.generate(() -> line(in))
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .toList()
                .getFirst();
        int left = Integer.parseInt(length.substring(length.indexOf(':') + 1).strip());
        while (left-- > 0) {
            assertThat(in.read()).isNotNegative();
        }
    }

    private static String line(BufferedReader in) {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
