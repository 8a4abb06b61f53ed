package dev.maru.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.maru.server.support.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Requests that the HTTP codec cannot read, at the whole server. */
class MalformedRequestIT {
    private static final String POST =
            "POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static RunningServer server;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void start(@TempDir Path data) {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void listen() {
        log.start();
        rootLogger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        rootLogger().detachAppender(log);
    }

    @Test
    void refusesABodyWhoseChunksAreBroken() throws IOException {
        assertRefused(POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400, "malformed-request");
        assertRefused(
                POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n{}\r\n0\r\n\r\n", 400, "malformed-request");
        assertThat(log.list).isEmpty();
    }

    @Test
    void saysNothingOfAClientThatLeavesInTheMiddleOfItsRequest() throws IOException {
        try (Socket socket = connect()) {
            write(socket, POST + "Content-Length: 100\r\n\r\n{\"name\":");
        }
        try (Socket socket = connect()) {
            write(socket, POST + "Content-Length: 100\r\n\r\n{\"name\":");
            socket.setSoLinger(true, 0);
        }
        assertThat(server.get("/api/rooms").status()).isEqualTo(200);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(List.copyOf(log.list))
                        .noneMatch(event -> event.getLoggerName().startsWith("dev.maru")));
    }

    @Test
    void refusesRequestsWithTwoHosts() throws IOException {
        assertRefused("GET /api/rooms HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400, "invalid-host");
        assertRefused(
                "GET /ws HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                400,
                "invalid-host");
        assertRefused("GET /api/rooms HTTP/1.1\r\n\r\n", 400, "invalid-host");
    }

    @Test
    void refusesWhatIsTooLongOrNoRequest() throws IOException {
        assertRefused("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n", 414, "request-line-too-long");
        assertRefused(
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(100_000) + "\r\n\r\n",
                431,
                "request-headers-too-large");
        assertRefused("GET / HTTP/1.1\r\nHost localhost\r\n\r\n", 400, "malformed-request");
        assertThat(log.list).isEmpty();
    }

    @Test
    void answersTheRequestsBeforeABadOneFirst() throws IOException {
        try (Socket socket = connect()) {
            write(socket, "GET /api/rooms HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost localhost\r\n\r\n");
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers).startsWith("HTTP/1.1 200 ").contains("}HTTP/1.1 400 ");
        }
    }

    private static void assertRefused(String request, int status, String name) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("content-type: application/problem+json\r\n")
                    .contains("\r\n\r\n{\"type\":\"urn:maru:fault:" + name + "\"")
                    .endsWith("}");
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Logger rootLogger() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
