package dev.maru.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.session.CloseReason;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.websocket.ClientFrame;
import dev.maru.transport.websocket.RecordingSession;
import dev.maru.transport.websocket.RecordingSessions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final RecordingSessions sessions = new RecordingSessions();
    private HttpTransportServer server;

    @BeforeEach
    void start() {
        server = HttpTransportServer.start(
                sessions,
                List.of(WebSocketEndpoint.at("/ws")),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersTheClientsCloseFrameAndClosesFirst() throws Exception {
        try (RawClient client = RawClient.open(server.address(), "/ws")) {
            client.send(ClientFrame.close(1001));

            assertThat(client.frame()).isEqualTo("close 1001 ");
            assertThat(client.frame()).isEqualTo("end");
            sessions.next().awaitHeard("closed CLIENT_WENT_AWAY");
        }
    }

    @Test
    void noticesThatTheClientIsGone() throws Exception {
        RawClient.open(server.address(), "/ws").close();

        sessions.next().awaitHeard("closed CONNECTION_LOST");
    }

    @Test
    void noticesAReset() throws Exception {
        RawClient client = RawClient.open(server.address(), "/ws");
        RecordingSession session = sessions.next();
        client.socket().setSoLinger(true, 0);
        client.close();

        session.awaitHeard("closed CONNECTION_LOST");
    }

    @Test
    void letsAClientThatIsStillSendingSeeTheError() throws Exception {
        try (RawClient client = RawClient.open(server.address(), "/ws")) {
            client.send(ClientFrame.part("out of order"));
            byte[] flood = ClientFrame.binary(new byte[60_000]).bytes();
            for (int i = 0; i < 100; i++) {
                client.send(flood);
            }

            assertThat(client.frame()).contains("fault MALFORMED_FRAME");
            assertThat(client.frame()).isEqualTo("close 1002 protocol-fault");
            assertThat(client.ended()).isTrue();
            sessions.next().awaitHeard("fault MALFORMED_FRAME", "closed PROTOCOL_FAULT");
        }
    }

    @Test
    void closesOnAClientThatNeverStopsSending() throws Exception {
        try (RawClient client = RawClient.open(server.address(), "/ws")) {
            client.send(ClientFrame.part("out of order"));
            byte[] flood = ClientFrame.binary(new byte[60_000]).bytes();

            assertThat(client).satisfies(c -> {
                for (int i = 0; i < 100_000; i++) {
                    try {
                        c.send(flood);
                    } catch (SocketException e) {
                        assertThat(i * (long) flood.length).isGreaterThan(8L * 1024 * 1024);
                        return;
                    }
                }
                throw new AssertionError("the server took everything");
            });
        }
    }

    @Test
    void callsBackOnlyAfterTheCallThatClosedHasReturned() throws Exception {
        try (RawClient client = RawClient.open(server.address(), "/ws")) {
            RecordingSession session = sessions.next();
            CompletableFuture<Integer> heardWithinTheCall = new CompletableFuture<>();
            session.run(() -> {
                session.connection().close(CloseReason.DISCONNECTED);
                heardWithinTheCall.complete(session.heard().size());
            });

            assertThat(heardWithinTheCall.get(10, TimeUnit.SECONDS)).isZero();
            session.awaitHeard("closed DISCONNECTED");
            assertThat(client.frame()).isEqualTo("close 1000 disconnected");
        }
    }

    @Test
    void sendsALargeBacklogBeforeItCloses() throws Exception {
        try (RawClient client = RawClient.open(server.address(), "/ws")) {
            RecordingSession session = sessions.next();
            session.run(() -> {
                for (int i = 0; i < 100; i++) {
                    session.message("x".repeat(50_000));
                }
                session.connection().close(CloseReason.DISCONNECTED);
            });
            session.awaitHeard("closed DISCONNECTED");

            for (int i = 0; i < 100; i++) {
                assertThat(client.frame()).startsWith("text MESSAGE");
            }
            assertThat(client.frame()).isEqualTo("close 1000 disconnected");
        }
    }

    @Test
    void doesNotWaitForAClientThatDoesNotRead() throws Exception {
        try (RawClient client = RawClient.open(server.address(), "/ws")) {
            RecordingSession session = sessions.next();
            session.run(() -> {
                for (int i = 0; i < 1000; i++) {
                    session.message("x".repeat(50_000));
                }
                session.connection().flush();
                session.connection().close(CloseReason.SLOW_CONSUMER);
            });
            session.awaitHeard("closed SLOW_CONSUMER");
            long began = System.nanoTime();
            CompletableFuture<Void> closed = new CompletableFuture<>();
            session.run(() -> watch(session, closed));

            closed.get(10, TimeUnit.SECONDS);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(5_000);
            assertThat(session.heard()).containsExactly("closed SLOW_CONSUMER");
            assertThat(client.socket().isClosed()).isFalse();
        }
    }

    /** A closed channel has nothing unsent. */
    private static void watch(RecordingSession session, CompletableFuture<Void> closed) {
        if (session.connection().unsentBytes() == 0) {
            closed.complete(null);
        } else {
            session.connection().executor().schedule(() -> watch(session, closed), 10, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void slowsNobodyElseDown() throws Exception {
        try (RawClient slow = RawClient.open(server.address(), "/ws")) {
            RecordingSession congested = sessions.next();
            congested.run(() -> {
                for (int i = 0; i < 1000; i++) {
                    congested.message("x".repeat(50_000));
                }
                congested.connection().flush();
            });
            try (RawClient fast = RawClient.open(server.address(), "/ws")) {
                RecordingSession session = sessions.next();
                fast.send(ClientFrame.ping("hello"));
                assertThat(fast.frame()).isEqualTo("pong hello");
                session.run(() -> {
                    session.message("now");
                    session.connection().flush();
                });
                assertThat(fast.frame()).contains("now");
            }
            long read = 0;
            while (read < 1000) {
                assertThat(slow.frame()).startsWith("text MESSAGE");
                read++;
            }
        }
    }
}
