package dev.maru.spring.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server with the services that SockJS's own test suite expects, and what its tests ask in common. */
abstract class SockJsSuite {
    static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    static SockJsServer server;

    @BeforeAll
    static void start() {
        server = new SockJsServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static void assertInterrupted(String session) throws Exception {
        org.awaitility.Awaitility.await()
                .until(() -> !post(session + "/xhr", "").body().startsWith("c[2010"));
        assertThat(post(session + "/xhr", "").body()).isEqualTo("c[1002,\"Connection interrupted\"]\n");
    }

    static void open(HttpSocket stream, String session) throws IOException {
        stream.send("POST", session + "/xhr_streaming", "").head();
        stream.chunk();
        assertThat(stream.chunk()).isEqualTo("o\n");
    }

    static String cookie(String method, String base, String transport, String header) throws IOException {
        try (HttpSocket socket = server.connect()) {
            return socket.send(method, session(base) + "/" + transport, "", header)
                    .head()
                    .header("set-cookie");
        }
    }

    static void assertNotCached(HttpSocket.Head head) {
        assertThat(head.header("cache-control"))
                .isEqualTo("no-store, no-cache, no-transform, must-revalidate, max-age=0");
        assertThat(head.headers()).doesNotContainKeys("expires", "last-modified");
    }

    static void assertShared(HttpSocket.Head head, String origin) {
        assertThat(head.header("access-control-allow-origin")).isEqualTo(origin);
        assertThat(head.header("access-control-allow-credentials")).isEqualTo("true");
    }

    static String session(String base) {
        return base + "/000/" + UUID.randomUUID();
    }

    static HttpSocket.Response get(String path) throws IOException {
        return request("GET", path, "");
    }

    static HttpSocket.Response post(String path, String body) throws IOException {
        return request("POST", path, body);
    }

    static HttpSocket.Response request(String method, String path, String body, String... headers) throws IOException {
        try (HttpSocket socket = server.connect()) {
            return socket.request(method, path, body, headers);
        }
    }
}
