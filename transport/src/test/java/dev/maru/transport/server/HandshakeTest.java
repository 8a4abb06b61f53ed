package dev.maru.transport.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.ProblemDocument;
import dev.maru.transport.http.AllowedOrigins;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.websocket.ClientFrame;
import dev.maru.transport.websocket.RecordingSessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final RecordingSessions sessions = new RecordingSessions();
    private volatile HandshakePolicy policy = HandshakePolicy.EVERYBODY;
    private HttpTransportServer server;

    @BeforeEach
    void start() {
        TransportSettings settings = TransportSettings.of(
                        sessions,
                        WebSocketEndpoint.at("/ws", "/ws/chat")
                                .withSockJs()
                                .withOrigins(AllowedOrigins.of("https://*.example.org")),
                        WebSocketEndpoint.at("/plain"))
                .withPolicy(handshake -> policy.decide(handshake))
                .withHandshakeTimeout(Duration.ofMillis(200));
        server = HttpTransportServer.start(settings, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void opensAWebSocket() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            RawClient.Response response = client.handshake("/ws?token=a", "X-Forwarded-For: b", "Cookie: c=d")
                    .response();

            assertThat(response.status()).isEqualTo(101);
            assertThat(response.headers())
                    .containsEntry("upgrade", "websocket")
                    .containsEntry("connection", "upgrade")
                    .containsEntry("sec-websocket-accept", RawClient.ACCEPT)
                    .doesNotContainKeys("content-length", "sec-websocket-protocol", "sec-websocket-extensions");
            Handshake handshake = sessions.next().handshake();
            assertThat(handshake.path()).isEqualTo("/ws");
            assertThat(handshake.headers()).containsEntry("cookie", "c=d").containsEntry("x-forwarded-for", "b");
            assertThat(handshake.remoteAddress()).isEqualTo(client.socket().getLocalSocketAddress());
            assertThat(handshake.transport()).isEqualTo("websocket");
        }
    }

    @Test
    void opensAWebSocketAtEveryPathOfTheEndpoint() throws Exception {
        for (String path : new String[] {"/ws", "/ws/", "/ws/websocket", "/ws/chat", "/ws/chat/websocket", "/plain"}) {
            RawClient.open(server.address(), path).close();
            assertThat(sessions.next().handshake().transport()).isEqualTo("websocket");
        }
        RawClient.open(server.address(), "/ws/000/abc/websocket").close();
        assertThat(sessions.next().handshake().transport()).isEqualTo("sockjs-websocket");
    }

    @Test
    void takesTheFirstSubProtocolThatItSpeaks() throws Exception {
        assertThat(subProtocol("Sec-WebSocket-Protocol: v11.stomp, v12.stomp")).isEqualTo("v11.stomp");
        assertThat(subProtocol("Sec-WebSocket-Protocol: mqtt", "Sec-WebSocket-Protocol: wamp, v10.stomp"))
                .isEqualTo("v10.stomp");
        assertThat(subProtocol("Sec-WebSocket-Protocol: mqtt")).isNull();
    }

    @Test
    void readsFramesThatCameWithTheHandshake() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.handshake("/ws").send(ClientFrame.text("SEND\n\neager\0"));
            assertThat(client.response().status()).isEqualTo(101);
            sessions.next().awaitHeard("SEND eager");
        }
    }

    @Test
    void refusesOtherMethods() throws Exception {
        for (String path : new String[] {"/plain", "/ws/websocket"}) {
            RawClient.Response response = refusal("POST " + path + " HTTP/1.1", "Upgrade: websocket");
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.headers()).containsEntry("allow", "GET");
            assertProblem(response, "handshake-not-get", 4312);
        }
        RawClient.Response sockJs = refusal("POST /ws/0/0/websocket HTTP/1.1", "Upgrade: websocket");
        assertThat(sockJs.status()).isEqualTo(405);
        assertThat(sockJs.headers()).containsEntry("allow", "GET").doesNotContainKey("content-type");
    }

    @Test
    void tellsThoseThatDoNotAskForAWebSocketToUpgrade() throws Exception {
        RawClient.Response response = refusal("GET /plain HTTP/1.1");

        assertThat(response.status()).isEqualTo(426);
        assertThat(response.headers()).containsEntry("upgrade", "websocket");
        assertThat(refusal("GET /ws/0/0/websocket HTTP/1.1").status()).isEqualTo(400);
    }

    @Test
    void refusesAConnectionHeaderThatAProxyChanged() throws Exception {
        RawClient.Response sockJs =
                refusal("GET /ws/0/0/websocket HTTP/1.1", "Upgrade: websocket", "Connection: close");
        assertThat(sockJs)
                .returns(400, RawClient.Response::status)
                .returns("\"Connection\" must be \"Upgrade\".\n", RawClient.Response::body);
        assertProblem(
                refusal("GET /ws HTTP/1.1", "Upgrade: websocket", "Connection: close"), "invalid-handshake", 4311);
    }

    @Test
    void refusesOtherVersions() throws Exception {
        RawClient.Response response = refusal(
                "GET /ws HTTP/1.1",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 8",
                "Sec-WebSocket-Key: " + RawClient.KEY);

        assertThat(response.status()).isEqualTo(426);
        assertThat(response.headers()).containsEntry("sec-websocket-version", "13");
        assertProblem(response, "upgrade-required", 4310);
    }

    @Test
    void refusesBadKeys() throws Exception {
        assertThat(statusWithKeys()).isEqualTo(400);
        assertThat(statusWithKeys("Sec-WebSocket-Key: short")).isEqualTo(400);
        assertThat(statusWithKeys("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZR=="))
                .isEqualTo(400);
        assertThat(statusWithKeys("Sec-WebSocket-Key: " + RawClient.KEY, "Sec-WebSocket-Key: " + RawClient.KEY))
                .isEqualTo(400);
        assertThat(statusWithKeys("Sec-WebSocket-Key: " + RawClient.KEY)).isEqualTo(101);
    }

    @Test
    void refusesHttp10AndBodies() throws Exception {
        assertThat(refusal(
                                "GET /ws HTTP/1.0",
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: " + RawClient.KEY)
                        .status())
                .isEqualTo(400);
        assertThat(handshakeStatus("/ws", "Content-Length: 1")).isEqualTo(400);
        assertThat(handshakeStatus("/ws", "Transfer-Encoding: chunked")).isEqualTo(400);
    }

    @Test
    void refusesPagesOfOtherOrigins() throws Exception {
        assertThat(handshakeStatus("/ws", "Origin: http://localhost:8080")).isEqualTo(101);
        assertThat(handshakeStatus("/ws", "Origin: https://chat.example.org")).isEqualTo(101);
        assertThat(handshakeStatus("/ws", "Origin: http://localhost:8081")).isEqualTo(403);
        assertThat(handshakeStatus("/plain", "Origin: https://chat.example.org"))
                .isEqualTo(403);
        assertThat(handshakeStatus("/ws/0/0/websocket", "Origin: null")).isEqualTo(403);
    }

    @Test
    void asksItsPolicyAndWaitsForTheAnswer() throws Exception {
        CompletableFuture<HandshakeDecision> answer = new CompletableFuture<>();
        policy = handshake -> {
            answer.completeAsync(() -> handshake.headers().get("cookie").equals("good")
                    ? HandshakeDecision.ACCEPT
                    : new HandshakeDecision.Refuse(SessionFault.NOT_CONNECTED, "Log in first."));
            return answer;
        };

        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.handshake("/ws", "Cookie: bad").response())
                    .returns(401, RawClient.Response::status)
                    .returns(
                            new String(ProblemDocument.render(SessionFault.NOT_CONNECTED, "Log in first."), UTF_8),
                            RawClient.Response::body);
            assertThat(client.ended()).isTrue();
        }
        assertThat(sessions.waiting()).isZero();
    }

    @Test
    void opensWhenThePolicySaysYesLater() throws Exception {
        CompletableFuture<HandshakeDecision> answer = new CompletableFuture<>();
        policy = handshake -> answer;
        try (RawClient client = new RawClient(server.address())) {
            client.handshake("/ws");
            assertThat(sessions.waiting()).isZero();
            answer.complete(HandshakeDecision.ACCEPT);

            assertThat(client.response().status()).isEqualTo(101);
            sessions.next();
        }
    }

    @Test
    void refusesWhenThePolicyFailsOrTakesTooLong() throws Exception {
        policy = handshake -> CompletableFuture.failedStage(new IOException("made to fail by the test"));
        assertThat(handshakeStatus("/ws")).isEqualTo(503);
        policy = handshake -> {
            throw new IllegalStateException("made to fail by the test");
        };
        assertThat(handshakeStatus("/ws")).isEqualTo(503);
        policy = handshake -> new CompletableFuture<>();
        assertThat(handshakeStatus("/ws")).isEqualTo(503);
    }

    @Test
    void answersOtherPathsWith404() throws Exception {
        assertThat(refusal("GET / HTTP/1.1").status()).isEqualTo(404);
        assertThat(refusal("GET /wsx HTTP/1.1").status()).isEqualTo(404);
        assertThat(refusal("NONSENSE").status()).isEqualTo(400);
    }

    private static void assertProblem(RawClient.Response response, String name, int code) {
        assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(response.body())
                .contains("\"title\":\"" + name + "\"", "\"code\":" + code, "\"status\":" + response.status());
    }

    private int statusWithKeys(String... keys) throws IOException {
        String[] headers = new String[keys.length + 3];
        System.arraycopy(keys, 0, headers, 3, keys.length);
        headers[0] = "Upgrade: websocket";
        headers[1] = "Connection: Upgrade";
        headers[2] = "Sec-WebSocket-Version: 13";
        return refusal("GET /ws HTTP/1.1", headers).status();
    }

    private int handshakeStatus(String path, String... headers) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            return client.handshake(path, headers).response().status();
        }
    }

    private RawClient.Response refusal(String requestLine, String... headers) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            RawClient.Response response = client.request(requestLine, headers).response();
            if (response.status() != 101) {
                assertThat(client.ended()).isTrue();
                assertThat(sessions.waiting()).isZero();
            }
            return response;
        }
    }

    private String subProtocol(String... headers) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            return client.handshake("/ws", headers).response().headers().get("sec-websocket-protocol");
        }
    }
}
