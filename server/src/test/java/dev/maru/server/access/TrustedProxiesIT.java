package dev.maru.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a proxy says of its clients, where it counts and where it does not. */
class TrustedProxiesIT {
    private static final String FORWARDED =
            "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: chat.example.org\r\n";

    @Test
    void believesATrustedProxyAboutHostsOriginsAndAddresses(@TempDir Path data) throws IOException {
        try (RunningServer server = start(data, "--maru.trusted-proxies=127.0.0.0/8,::1")) {
            int port = server.port();
            assertThat(upgrade(port, FORWARDED + "Origin: https://chat.example.org\r\n"))
                    .contains(" 101 ");
            assertThat(upgrade(port, FORWARDED + "Origin: http://chat.example.org\r\n"))
                    .contains(" 403 ");
            assertThat(upgrade(port, FORWARDED.replace("chat.", "evil."))).contains(" 421 ");
            assertThat(create(port, FORWARDED + "Origin: https://chat.example.org\r\n"))
                    .contains(" 201 ");
            assertThat(create(port, FORWARDED.replace("chat.", "evil."))).contains(" 421 ");
            assertThat(create(port, FORWARDED))
                    .as("one room an hour for an address")
                    .contains(" 429 ");
            assertThat(create(port, FORWARDED.replace("113.7", "113.8"))).contains(" 201 ");
        }
    }

    @Test
    void believesNobodyElse(@TempDir Path data) throws IOException {
        try (RunningServer server = start(data, "--maru.trusted-proxies=10.0.0.1")) {
            int port = server.port();
            assertThat(upgrade(port, FORWARDED + "Origin: https://chat.example.org\r\n"))
                    .contains(" 403 ");
            assertThat(upgrade(port, FORWARDED.replace("chat.", "evil."))).contains(" 101 ");
            assertThat(create(port, FORWARDED)).contains(" 201 ");
            assertThat(create(port, FORWARDED.replace("113.7", "113.8"))).contains(" 429 ");
        }
    }

    private static RunningServer start(Path data, String proxies) {
        return RunningServer.start(
                data,
                proxies,
                "--maru.access=open",
                "--maru.public-url=https://chat.example.org",
                "--maru.limits.new-rooms-an-hour=1");
    }

    private static String upgrade(int port, String headers) throws IOException {
        return answer(
                port,
                "GET /ws HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers
                        + "\r\n");
    }

    private static String create(int port, String headers) throws IOException {
        return answer(
                port,
                "POST /api/rooms HTTP/1.1\r\nHost: localhost:" + port + "\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 12\r\nConnection: close\r\n" + headers + "\r\n{\"name\":\"n\"}");
    }

    /** The first line of the answer. */
    private static String answer(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200 ".length());
            return new String(start, StandardCharsets.US_ASCII);
        }
    }
}
