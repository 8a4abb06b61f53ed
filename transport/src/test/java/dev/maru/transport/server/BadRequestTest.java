package dev.maru.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.websocket.RecordingSessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is no HTTP request, or never becomes one. */
class BadRequestTest {
    private static final Duration TIME = Duration.ofMillis(300);

    private HttpTransportServer server;

    @BeforeEach
    void start() {
        TransportSettings settings = TransportSettings.of(
                        new RecordingSessions(), WebSocketEndpoint.at("/ws").withSockJs())
                .withHandshakeTimeout(TIME)
                .withRequestTimeout(TIME);
        server = HttpTransportServer.start(settings, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refusesWhatIsNoRequest() throws IOException {
        assertRefused("NONSENSE\r\n\r\n", 400, "malformed-request");
        assertRefused("GET /ws HTTP/1.1\r\nno colon\r\n\r\n", 400, "malformed-request");
    }

    @Test
    void refusesRequestLinesAndHeadersThatAreTooLong() throws IOException {
        assertRefused("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "request-line-too-long");
        assertRefused(
                "GET /ws HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(9_000) + "\r\n\r\n",
                431,
                "request-headers-too-large");
    }

    @Test
    void letsAClientReadTheRefusalThoughItIsStillSending() throws IOException {
        assertRefused("GET /" + "a".repeat(3_000_000) + " HTTP/1.1\r\n", 414, "request-line-too-long");
    }

    @Test
    void refusesRequestsWithoutExactlyOneHost() throws IOException {
        String upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: " + RawClient.KEY + "\r\n\r\n";
        assertRefused("GET /ws HTTP/1.1\r\n" + upgrade, 400, "invalid-host");
        assertRefused("GET /ws HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + upgrade, 400, "invalid-host");
        assertRefused("GET /ws HTTP/1.1\r\nHost: a\r\nHost: a\r\n" + upgrade, 400, "invalid-host");
        assertRefused("GET /ws HTTP/1.1\r\nHost: a/b\r\n" + upgrade, 400, "invalid-host");
        assertRefused("GET /ws/info HTTP/1.1\r\nHost: a, b\r\n\r\n", 400, "invalid-host");
        assertThat(answerTo("GET /ws/info HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
        assertThat(answerTo("GET /ws/info HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesAHandshakeThatDripsIn() throws IOException {
        assertRefused("GET /ws HTTP/1.1\r\nHost: a\r\nX: ", 408, "request-timeout");
    }

    @Test
    void refusesABodyThatNeverCame() throws IOException {
        assertThat(answerTo("POST /ws/info HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void closesAConnectionOnWhichNothingComes() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void closesAConnectionThatIsKeptForNothing() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.request("GET /ws/info HTTP/1.1").response().status())
                    .isEqualTo(200);
            assertThat(client.request("GET /ws/info HTTP/1.1").response().status())
                    .isEqualTo(200);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void hearsNothingBehindARefusal() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            String bad = "GET /ws/nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            client.send((bad + "GET /ws/info HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(client.response().status()).isEqualTo(404);
            assertThat(client.ended()).isTrue();
        }
    }

    private void assertRefused(String request, int status, String name) throws IOException {
        RawClient.Response response = answerTo(request);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers())
                .containsEntry("content-type", "application/problem+json")
                .containsEntry("connection", "close");
        assertThat(response.body()).contains("\"title\":\"" + name + "\"", "\"status\":" + status, "\"code\":43");
    }

    private RawClient.Response answerTo(String request) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.send(request.getBytes(StandardCharsets.US_ASCII));
            RawClient.Response response = client.response();
            assertThat(client.ended()).isTrue();
            return response;
        }
    }
}
