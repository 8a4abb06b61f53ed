package dev.maru.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.maru.server.support.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts and origins, as they stand in requests that no well-behaved client can send. */
class FrontDoorIT {
    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/api/rooms", "/actuator/health", "/ws", "/ws/info", "/ws/iframe.html", "/ws/chat/info?t=1"
            })
    void answersNobodyWhoCallsItByAStrangersName(String path) throws IOException {
        assertThat(answer("GET " + path, "evil.example", "")).startsWith("HTTP/1.1 421 ");
        assertThat(answer("GET /api/rooms", "127.0.0.1:" + server.port(), "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void opensNoWebSocketToAStrangersName() throws IOException {
        assertThat(upgrade("/ws", "evil.example:" + server.port(), "http://evil.example:" + server.port()))
                .startsWith("HTTP/1.1 421 ");
        assertThat(upgrade("/ws/websocket", "evil.example", "http://evil.example"))
                .startsWith("HTTP/1.1 421 ");
    }

    @Test
    void opensNoWebSocketForAForeignPage() throws IOException {
        String host = "localhost:" + server.port();
        assertThat(upgrade("/ws", host, "http://evil.example")).startsWith("HTTP/1.1 403 ");
        assertThat(upgrade("/ws", host, "null")).startsWith("HTTP/1.1 403 ");
        assertThat(upgrade("/ws", host, "http://" + host)).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void letsNoForeignPageChangeAnything() throws IOException {
        String host = "localhost:" + server.port();
        String json = "Content-Type: application/json\r\nContent-Length: 12\r\nOrigin: ";
        assertThat(answer("POST /api/rooms", host, json + "http://evil.example\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(answer("DELETE /api/rooms", host, "Origin: null\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(server.get("/api/rooms").body()).doesNotContain("\"n\"");
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        InetAddress other = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .findFirst()
                .orElse(null);
        assumeTrue(other != null, "this machine has no other address");
        assertThatThrownBy(() -> new Socket(other, server.port()).close()).isInstanceOf(IOException.class);
    }

    private static String upgrade(String path, String host, String origin) throws IOException {
        return answer(
                "GET " + path,
                host,
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " + origin + "\r\n");
    }

    /** The first line of the answer. */
    private static String answer(String request, String host, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            String text = request + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n{\"name\":\"n\"}";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(16);
            return new String(start, StandardCharsets.US_ASCII);
        }
    }
}
