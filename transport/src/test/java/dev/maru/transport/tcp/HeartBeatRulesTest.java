package dev.maru.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.SessionLimits;
import dev.maru.stomp.StompCommand;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the specifications say of heart-beats. */
class HeartBeatRulesTest {
    private StompServer server;

    @BeforeEach
    void start() {
        SessionLimits d = SessionLimits.DEFAULT;
        SessionLimits quick = new SessionLimits(
                d.subscriptions(),
                d.subscriptionIdBytes(),
                d.unansweredFrames(),
                d.unsentBytes(),
                d.unacknowledgedMessages(),
                d.transactions(),
                d.replayMessages(),
                d.lastMessages(),
                d.connectTimeout(),
                Duration.ofMillis(500),
                Duration.ofMillis(100),
                d.messageRate());
        server = new StompServer(engine -> engine.limits(quick), settings -> settings);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void connectedSaysWhatTheServerCanDoAndWants(String version) throws Exception {
        assertThat(connect(version, "0,0").header("heart-beat")).isEqualTo("500,100");
    }

    @Test
    void thereAreNoHeartBeatsInVersion10() throws Exception {
        TcpClient.Frame connected = server.open().send("CONNECT\n\n^@").next();

        assertThat(connected.header("heart-beat")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "a,b", "1,2,3", "-1,0", ""})
    void aHeartBeatHeaderIsTwoNumbers(String header) throws Exception {
        TcpClient.Frame error = connect("1.2", header);

        assertThat(error.command()).isEqualTo(StompCommand.ERROR);
        assertThat(error.header("message")).isEqualTo("invalid-header");
    }

    @Test
    void theServerSendsALineEndAtLeastAsOftenAsAgreed() throws Exception {
        TcpClient client = server.open().send("CONNECT\naccept-version:1.2\nhost:x\nheart-beat:0,1000\n\n^@");
        client.next();
        long from = System.nanoTime();
        for (int i = 0; i < 2; i++) {
            assertThat(client.socket().getInputStream().read()).isEqualTo('\n');
        }

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void whoDoesNotKeepSendingAsAgreedIsTakenForDeadWithSomePatience() throws Exception {
        TcpClient client = server.open().send("CONNECT\naccept-version:1.2\nhost:x\nheart-beat:300,0\n\n^@");
        client.next();
        long from = System.nanoTime();

        assertThat(client.ends()).isTrue();
        assertThat(server.closed()).isEqualTo(CloseReason.HEART_BEAT_MISSED);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(600));
    }

    @Test
    void anyBytesCountAsAHeartBeat() throws Exception {
        TcpClient client = server.open().send("CONNECT\naccept-version:1.2\nhost:x\nheart-beat:500,0\n\n^@");
        client.next();
        long from = System.nanoTime();
        for (int i = 0; System.nanoTime() - from < Duration.ofMillis(2_500).toNanos(); i++) {
            client.send(i % 2 == 0 ? "\n" : "SEND\ndestination:/topic/a\nreceipt:1\n\n^@");
            if (i % 2 == 1) {
                assertThat(client.next().command()).isEqualTo(StompCommand.RECEIPT);
            }
        }

        client.send("SEND\ndestination:/topic/a\nreceipt:alive\n\n^@");
        assertThat(client.next().header("receipt-id")).isEqualTo("alive");
    }

    @Test
    void withoutAHeartBeatHeaderNobodySendsOrExpectsAny() throws Exception {
        TcpClient client = server.open().send("CONNECT\naccept-version:1.2\nhost:x\n\n^@");
        client.next();
        client.socket().setSoTimeout(1_500);

        assertThat(catchThrowable(client::ends)).isInstanceOf(SocketTimeoutException.class);
        client.socket().setSoTimeout(10_000);
        client.send("SEND\ndestination:/topic/a\nreceipt:alive\n\n^@");
        assertThat(client.next().header("receipt-id")).isEqualTo("alive");
        assertThat(client.heartBeats()).isZero();
    }

    private TcpClient.Frame connect(String version, String heartBeat) throws IOException {
        return server.open()
                .send("CONNECT\naccept-version:" + version + "\nhost:x\nheart-beat:" + heartBeat + "\n\n^@")
                .next();
    }
}
