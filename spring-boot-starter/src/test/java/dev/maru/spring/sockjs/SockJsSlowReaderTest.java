package dev.maru.spring.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.session.CloseReason;
import dev.maru.transport.conversation.Peer;
import dev.maru.transport.http.HandshakePolicy;
import dev.maru.transport.sockjs.SockJsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that let a response wait: how long they may, and what becomes of it. */
class SockJsSlowReaderTest {
    private static final int MORE_THAN_SOCKETS_HOLD = 16 * 1024 * 1024;
    private static final String MESSAGE = "x".repeat(MORE_THAN_SOCKETS_HOLD);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final String session = "/echo/000/" + UUID.randomUUID();

    @Test
    void endsTheConnectionOfAClientThatReadsNothing() throws Exception {
        try (SockJsServer server = server(SHORT);
                HttpSocket stream = streaming(server)) {
            Peer peer = server.peers.poll(5, TimeUnit.SECONDS);
            peer.executor().execute(() -> peer.sendText(MESSAGE));
            assertThat(server.closed.poll(5, TimeUnit.SECONDS)).isEqualTo(CloseReason.CONNECTION_LOST);
            await().until(() -> isReset(stream));
            await().until(() -> server.transport.sockJs().size() == 0);
        }
    }

    @Test
    void waitsForAClientThatIsStillReading() throws Exception {
        try (SockJsServer server = server(LONG);
                HttpSocket stream = streaming(server)) {
            Peer peer = server.peers.poll(5, TimeUnit.SECONDS);
            peer.executor().execute(() -> peer.sendText(MESSAGE));
            await().during(SockJsServer.DISCONNECT_DELAY.plus(SHORT))
                    .atMost(SockJsServer.DISCONNECT_DELAY.multipliedBy(3))
                    .until(server.closed::isEmpty);
            StringBuilder read = new StringBuilder();
            for (String chunk = stream.chunk(); !chunk.isEmpty(); chunk = stream.chunk()) {
                read.append(chunk);
            }
            assertThat(read.toString().equals("a[\"" + MESSAGE + "\"]\n")).isTrue();
            peer.executor().execute(() -> peer.sendText("more"));
            assertThat(stream.request("POST", session + "/xhr", "").body()).isEqualTo("a[\"more\"]\n");
            assertThat(server.closed).isEmpty();
        }
    }

    private HttpSocket streaming(SockJsServer server) throws IOException {
        HttpSocket stream = server.connect();
        stream.send("POST", session + "/xhr_streaming", "").head();
        stream.chunk();
        assertThat(stream.chunk()).isEqualTo("o\n");
        return stream;
    }

    private static SockJsServer server(Duration stallTimeout) {
        return new SockJsServer(
                SockJsSettings.DEFAULT, HandshakePolicy.EVERYBODY, settings -> settings.withStallTimeout(stallTimeout));
    }

    /** Reads nothing, so that the server sees no progress. */
    private static boolean isReset(HttpSocket stream) {
        try {
            stream.send(new byte[] {'\n'});
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
