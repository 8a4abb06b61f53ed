package dev.maru.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.session.CloseReason;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.websocket.ClientFrame;
import dev.maru.transport.websocket.RecordingSession;
import dev.maru.transport.websocket.RecordingSessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the SockJS 0.3.4 protocol's own test suite asks of a server that offers WebSockets. */
class SockJsTest {
    private final RecordingSessions sessions = new RecordingSessions();
    private HttpTransportServer server;

    @BeforeEach
    void start() {
        server = HttpTransportServer.start(
                sessions,
                List.of(WebSocketEndpoint.at("/ws").withSockJs()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void greets() throws Exception {
        for (String path : new String[] {"/ws", "/ws/"}) {
            RawClient.Response response = answer("GET " + path + " HTTP/1.1");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("Welcome to SockJS!\n");
            assertThat(response.headers())
                    .containsEntry("content-type", "text/plain; charset=UTF-8")
                    .doesNotContainKey("set-cookie");
        }
        assertThat(answer("DELETE /ws HTTP/1.1").status()).isEqualTo(405);
    }

    @Test
    void saysWhatItCanDo() throws Exception {
        RawClient.Response response = answer("GET /ws/info?t=123 HTTP/1.1");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body())
                .matches("\\{\"entropy\":\\d{1,10},\"origins\":\\[\"\\*:\\*\"],"
                        + "\"cookie_needed\":false,\"websocket\":true}");
        assertThat(response.headers())
                .containsEntry("content-type", "application/json; charset=UTF-8")
                .containsEntry("cache-control", "no-store, no-cache, no-transform, must-revalidate, max-age=0")
                .containsEntry("access-control-allow-origin", "*")
                .doesNotContainKeys(
                        "set-cookie", "expires", "last-modified", "access-control-allow-credentials", "connection");
    }

    @Test
    void givesEveryoneOtherEntropy() throws Exception {
        assertThat(answer("GET /ws/info HTTP/1.1").body())
                .isNotEqualTo(answer("GET /ws/info HTTP/1.1").body());
    }

    @Test
    void sharesItsInformationWithAllowedOriginsOnly() throws Exception {
        assertThat(answer("GET /ws/info HTTP/1.1", "Origin: http://localhost:8080")
                        .headers())
                .containsEntry("access-control-allow-origin", "http://localhost:8080")
                .containsEntry("access-control-allow-credentials", "true")
                .containsEntry("vary", "origin");
        RawClient.Response refusal = answer("GET /ws/info HTTP/1.1", "Origin: http://evil.example.org");
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void answersBrowsersThatAskBeforehand() throws Exception {
        RawClient.Response response = answer(
                "OPTIONS /ws/info HTTP/1.1",
                "Origin: http://localhost:8080",
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: a, b");

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers())
                .containsEntry("cache-control", "public, max-age=31536000")
                .containsEntry("access-control-max-age", "31536000")
                .containsEntry("access-control-allow-methods", "OPTIONS, GET")
                .containsEntry("access-control-allow-headers", "a, b")
                .containsEntry("access-control-allow-origin", "http://localhost:8080")
                .containsKey("expires");
        assertThat(answer("PUT /ws/info HTTP/1.1").status()).isEqualTo(405);
    }

    @Test
    void answersSeveralRequestsOnOneConnection() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.request("GET /ws HTTP/1.1").response().status()).isEqualTo(200);
            assertThat(client.request("GET /ws/info HTTP/1.1").response().status())
                    .isEqualTo(200);
            assertThat(client.request("GET /ws/0/0/poll HTTP/1.1").response().status())
                    .isEqualTo(404);
            assertThat(client.handshake("/ws/0/0/websocket").response().status())
                    .isEqualTo(101);
            assertThat(client.frame()).isEqualTo("text o");
        }
    }

    @Test
    void leavesTheTransportsOverHttpToTheHost() throws Exception {
        for (String transport : new String[] {"xhr", "xhr_streaming", "xhr_send", "eventsource", "htmlfile", "jsonp"}) {
            assertThat(answer("POST /ws/000/abc/" + transport + " HTTP/1.1").status())
                    .isEqualTo(404);
        }
        assertThat(answer("GET /ws/a./a/websocket HTTP/1.1").status()).isEqualTo(404);
    }

    @Test
    void wrapsFramesInArrays() throws Exception {
        try (RawClient client = RawClient.open(server.address(), "/ws/000/abc/websocket")) {
            assertThat(client.frame()).isEqualTo("text o");
            RecordingSession session = sessions.next();
            client.send(ClientFrame.text(""), ClientFrame.text("[]"), ClientFrame.text("[\"SEND\\n\\na\\u0000\"]"));
            session.awaitHeard("SEND a");

            session.run(() -> {
                session.message("안녕");
                session.connection().flush();
            });
            assertThat(client.frame())
                    .isEqualTo("text a[\"MESSAGE\\ndestination:/topic/a\\ncontent-length:6\\n\\n안녕\\u0000\"]");
        }
    }

    @Test
    void saysWhyItClosesInItsOwnFrameToo() throws Exception {
        try (RawClient client = RawClient.open(server.address(), "/ws/000/abc/websocket")) {
            RecordingSession session = sessions.next();
            session.run(() -> session.connection().close(CloseReason.SLOW_CONSUMER));

            assertThat(client.frame()).isEqualTo("text o");
            assertThat(client.frame()).isEqualTo("text c[4001,\"slow-consumer\"]");
            assertThat(client.frame()).isEqualTo("close 4001 slow-consumer");
            client.send(ClientFrame.close(4001));
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void closesWhenTheJsonIsBroken() throws Exception {
        try (RawClient client = RawClient.open(server.address(), "/ws/000/abc/websocket")) {
            client.send(ClientFrame.text("[\"a"));

            assertThat(client.frame()).isEqualTo("text o");
            assertThat(client.frame()).contains("fault MALFORMED_FRAME");
            assertThat(client.frame()).isEqualTo("text c[1002,\"protocol-fault\"]");
            assertThat(client.frame()).isEqualTo("close 1002 protocol-fault");
            sessions.next().awaitHeard("fault MALFORMED_FRAME", "closed PROTOCOL_FAULT");
        }
    }

    private RawClient.Response answer(String requestLine, String... headers) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            return client.request(requestLine, headers).response();
        }
    }
}
