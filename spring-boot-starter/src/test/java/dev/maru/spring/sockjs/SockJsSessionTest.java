package dev.maru.spring.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.SessionUser;
import dev.maru.transport.conversation.Peer;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import dev.maru.transport.sockjs.SockJsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions over HTTP: how long they live, whose they are, what they carry and what bounds them. */
class SockJsSessionTest {
    private static final int MAX_SESSIONS = 50;
    private static final int MAX_BODY = 512 * 1024;
    private static final HandshakePolicy BY_HEADER = handshake -> {
        String name = handshake.headers().get("x-user");
        return CompletableFuture.completedStage(
                name == null ? HandshakeDecision.ACCEPT : new HandshakeDecision.Accept(new SessionUser(name, false)));
    };
    private static SockJsServer server;

    @BeforeAll
    static void start() {
        server = new SockJsServer(
                SockJsSettings.DEFAULT
                        .withTimes(Duration.ofMillis(300), Duration.ofSeconds(5))
                        .withLimits(128 * 1024, MAX_SESSIONS),
                BY_HEADER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void forgetsASessionWhoseClientStaysAway() throws Exception {
        String session = session("/echo");
        post(session + "/xhr", "");
        await().until(() -> post(session + "/xhr_send", "[\"a\"]").status() == 404);
        assertThat(server.closed.poll(5, TimeUnit.SECONDS)).isEqualTo(CloseReason.CONNECTION_LOST);
        assertThat(post(session + "/xhr", "").body()).isEqualTo("o\n");
    }

    @Test
    void sendsASignOfLifeToWhoWaits() throws Exception {
        String session = session("/echo");
        post(session + "/xhr", "");
        assertThat(post(session + "/xhr", "").body()).isEqualTo("h\n");
        try (HttpSocket stream = server.connect()) {
            stream.send("GET", session + "/eventsource", "").head();
            assertThat(stream.chunk()).isEqualTo("\r\n");
            assertThat(stream.chunk()).isEqualTo("data: h\r\n\r\n");
            assertThat(stream.chunk()).isEqualTo("data: h\r\n\r\n");
        }
    }

    @Test
    void endsTheSessionOfAClientThatBreaksOffAtOnce() throws Exception {
        String session = session("/echo");
        try (HttpSocket stream = server.connect()) {
            stream.send("POST", session + "/xhr_streaming", "").head();
            stream.chunk();
            assertThat(stream.chunk()).isEqualTo("o\n");
            server.closed.clear();
        }
        assertThat(server.closed.poll(5, TimeUnit.SECONDS)).isEqualTo(CloseReason.CONNECTION_LOST);
    }

    @Test
    void belongsToWhoOpenedIt() throws Exception {
        String session = session("/echo");
        assertThat(request("POST", session + "/xhr", "", "X-User: jane").body()).isEqualTo("o\n");
        for (String who : List.of("X-User: mallory", "X-Nobody: 1")) {
            assertThat(request("POST", session + "/xhr", "", who).status()).isEqualTo(404);
            assertThat(request("POST", session + "/xhr_send", "[\"a\"]", who).status())
                    .isEqualTo(404);
        }
        assertThat(request("POST", session + "/xhr_send", "[\"a\"]", "X-User: jane")
                        .status())
                .isEqualTo(204);
        assertThat(request("POST", session + "/xhr", "", "X-User: jane").body()).isEqualTo("a[\"a\"]\n");
    }

    @Test
    void tellsTheApplicationHowItBegan() throws Exception {
        String session = session("/echo");
        request("POST", session + "/xhr?q=1", "", "X-User: yuna", "X-Mine: this");
        assertThat(server.handshakes).anySatisfy(handshake -> {
            assertThat(handshake.path()).isEqualTo(session + "/xhr");
            assertThat(handshake.transport()).isEqualTo("sockjs-xhr");
            assertThat(handshake.headers()).containsEntry("x-mine", "this");
            assertThat(handshake.user()).isNotNull();
        });
    }

    @Test
    void refusesPagesOfForeignOriginsAtEveryTransport() throws Exception {
        for (String transport : List.of("xhr", "xhr_streaming", "xhr_send", "jsonp_send")) {
            assertForbidden(request("POST", session("/ws") + "/" + transport, "[]", "Origin: https://evil.example"));
        }
        for (String transport : List.of("eventsource", "htmlfile?c=x", "jsonp?c=x")) {
            assertForbidden(request("GET", session("/ws") + "/" + transport, "", "Origin: https://evil.example"));
        }
        assertForbidden(request("OPTIONS", session("/ws") + "/xhr", "", "Origin: https://evil.example"));
        assertThat(request("POST", session("/ws") + "/xhr", "", "Origin: http://localhost:8080")
                        .body())
                .isEqualTo("o\n");
    }

    // SockJS 0.3.4, "JSON Unicode Encoding".
    @Test
    void carriesEveryCharacterOfJavaScript() throws Exception {
        String session = session("/echo");
        post(session + "/xhr", "");
        StringBuilder escaped = new StringBuilder();
        StringBuilder lost = new StringBuilder();
        for (int c = 0; c < 0x10000; c++) {
            boolean mustBeEscaped = c < 0x20
                    || (c >= 0x200C && c <= 0x200F)
                    || (c >= 0x2028 && c <= 0x202F)
                    || (c >= 0x2060 && c <= 0x206F)
                    || (c >= 0xD800 && c <= 0xDFFF)
                    || c >= 0xFFF0;
            if (mustBeEscaped && c != '\n' && c != '\r' && c != '\t') {
                lost.append(String.format("\\u%04x", c));
            }
            escaped.append(String.format("\\u%04x", c));
        }
        assertThat(post(session + "/xhr_send", "[\"" + lost + "\"]").status()).isEqualTo(204);
        assertThat(post(session + "/xhr", "").body()).isEqualTo("a[\"" + lost + "\"]\n");

        assertThat(post(session + "/xhr_send", "[\"" + escaped + "\"]").status())
                .isEqualTo(204);
        String all = post(session + "/xhr", "").body();
        assertThat(all)
                .contains("#$%&'()")
                .contains("가각갂")
                .contains("\\ud800\\ud801")
                .contains("\\n");
    }

    @Test
    void letsTheSenderWaitWhileTheApplicationDoesNotRead() throws Exception {
        String session = session("/echo");
        server.peers.clear();
        post(session + "/xhr", "");
        Peer peer = server.peers.poll(5, TimeUnit.SECONDS);
        peer.executor().submit(() -> peer.reading(false)).sync();
        try (HttpSocket first = server.connect();
                HttpSocket poll = server.connect()) {
            poll.send("GET", session + "/eventsource", "").head();
            poll.chunk();
            first.send("POST", session + "/xhr_send", "[\"first\"]");
            await().until(() -> {
                HttpSocket another = server.connect();
                another.socket().setSoTimeout(200);
                another.send("POST", session + "/xhr_send", "[]");
                try (another) {
                    return another.head().status() == 429;
                } catch (java.net.SocketTimeoutException waits) {
                    return false;
                }
            });
            peer.executor().submit(() -> peer.reading(true)).sync();
            assertThat(first.head().status()).isEqualTo(204);
            String chunk = poll.chunk();
            while (chunk.contains(": h")) {
                chunk = poll.chunk();
            }
            assertThat(chunk).isEqualTo("data: a[\"first\"]\r\n\r\n");
        }
    }

    @Test
    void refusesABodyOverTheLimit() throws Exception {
        String session = session("/echo");
        post(session + "/xhr", "");
        String body = "[\"" + "x".repeat(MAX_BODY - 4) + "\"]";
        assertThat(post(session + "/xhr_send", body).status()).isEqualTo(204);
        HttpSocket.Response refusal = post(session + "/xhr_send", body + " ");
        assertThat(refusal.status()).isEqualTo(413);
        assertThat(refusal.body()).contains("\"code\":4453");
    }

    @Test
    void boundsSessionsThatAreOpenedAndLeft() throws Exception {
        await().until(() -> post(session("/private") + "/xhr", "").status() == 200);
        int refused = 0;
        for (int i = 0; i < MAX_SESSIONS * 2; i++) {
            HttpSocket.Response answer = post(session("/private") + "/xhr", "");
            if (answer.status() == 503) {
                assertThat(answer.body()).contains("\"code\":4451");
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(server.transport.sockJs().size()).isLessThanOrEqualTo(5 * MAX_SESSIONS);
        await().until(() -> post(session("/private") + "/xhr", "").status() == 200);
    }

    @Test
    void survivesAnyPathAndBody() throws Exception {
        int rounds = Integer.getInteger("maru.fuzz.rounds", 1_000);
        Random random = new Random(Long.getLong("maru.fuzz.seed", 20260101L));
        String known = session("/close");
        HttpSocket socket = server.connect();
        for (int i = 0; i < rounds; i++) {
            HttpSocket.Response answer =
                    socket.request(random.nextBoolean() ? "POST" : "PUT", path(random, known), body(random));
            assertThat(answer.status()).isIn(200, 204, 400, 404, 405, 500, 503);
            if (answer.header("connection").equalsIgnoreCase("close")) {
                socket.close();
                socket = server.connect();
            }
        }
        socket.close();
        assertThat(post(session("/echo") + "/xhr", "").body()).isEqualTo("o\n");
    }

    private static String path(Random random, String known) {
        String[] pieces = {
            "/",
            "//",
            "/..",
            "/%2e%2e",
            "/a",
            "/%2f",
            "/xhr_send",
            "/jsonp_send",
            "/xhr",
            "/iframe.html",
            "/info",
            ";x=1",
            "?c=%",
            "/%00",
            "/\\",
            "/websocket",
            "?c=x",
            "/000",
            ".",
            "%"
        };
        StringBuilder path = new StringBuilder(random.nextInt(3) == 0 ? known : "/close");
        for (int i = random.nextInt(5); i >= 0; i--) {
            path.append(pieces[random.nextInt(pieces.length)]);
        }
        return path.toString();
    }

    private static String body(Random random) {
        String[] pieces = {"[", "]", "\"", "a", ",", "\\", "\\u12", "{", "}", "1", "null", "d=", "%5B", "&", "안", " "};
        StringBuilder body = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            body.append(pieces[random.nextInt(pieces.length)]);
        }
        return body.toString();
    }

    private static void assertForbidden(HttpSocket.Response answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }

    private static String session(String base) {
        return base + "/000/" + UUID.randomUUID();
    }

    private static HttpSocket.Response post(String path, String body) throws IOException {
        return request("POST", path, body);
    }

    private static HttpSocket.Response request(String method, String path, String body, String... headers)
            throws IOException {
        try (HttpSocket socket = server.connect()) {
            return socket.request(method, path, body, headers);
        }
    }
}
