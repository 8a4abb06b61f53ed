package dev.maru.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.maru.stomp.StompCommand;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StompTestClientTest {
    private static final String CONNECTED = "CONNECTED\nversion:1.2\n\n\0";

    private final ScriptedServer server = new ScriptedServer("/ws");
    private final StompTestClient client = StompTestClient.at(server.uri())
            .subprotocols("v12.stomp")
            .header("Origin", "http://example.org")
            .patience(Duration.ofSeconds(5))
            .open();

    @BeforeEach
    void awaitHandshake() throws InterruptedException {
        assertThat(server.next()).isEqualTo("handshake /ws http://example.org");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void connectsInTheVersionOfTheServer() throws InterruptedException {
        server.say("CONNECTED\nversion:1.1\nserver:a\n\n\0");
        assertThat(client.connect("login", "jane").header("server")).isEqualTo("a");
        assertThat(server.next()).isEqualTo("CONNECT\nlogin:jane\naccept-version:1.2\nhost:localhost\n\n\0");
        client.subscribe("0", "/a\r:b");
        assertThat(server.next()).isEqualTo("SUBSCRIBE\nid:0\ndestination:/a\r\\cb\n\n\0");
    }

    @Test
    void takesTheSubprotocolOfTheServer() {
        assertThat(client.subprotocol()).isEqualTo("v12.stomp");
    }

    @Test
    void sendsAndAwaitsReceipts() throws InterruptedException {
        server.say("RECEIPT\nreceipt-id:subscribed-0\nposition:x-7\n\n\0");
        assertThat(client.subscribed("0", "/a", "last", "5").header("position")).isEqualTo("x-7");
        assertThat(server.next()).isEqualTo("SUBSCRIBE\nid:0\ndestination:/a\nreceipt:subscribed-0\nlast:5\n\n\0");
        client.send("/app/x", "안녕", "foo", "bar");
        assertThat(server.next()).isEqualTo("SEND\ndestination:/app/x\nfoo:bar\ncontent-length:6\n\n안녕\0");
        client.send(StompCommand.DISCONNECT, "receipt", "bye");
        assertThat(server.next()).isEqualTo("DISCONNECT\nreceipt:bye\n\n\0");
    }

    @Test
    void awaitsFramesOutOfTurnAndKeepsThemInOrder() {
        server.say("MESSAGE\nsubscription:0\n\na\0MESSAGE\nsubscription:1\n\nb\0\n\n");
        server.sayBinary("MESSAGE\nsubscription:0\n\nc\0");
        server.sayInPieces("RECEIPT\nreceipt", "-id:1\n\n\0");
        client.awaitReceipt("1");
        assertThat(client.awaitMessage("1").text()).isEqualTo("b");
        assertThat(client.await(StompCommand.MESSAGE, 2).stream().map(ReceivedFrame::text))
                .containsExactly("a", "c");
        assertThat(client.frames().stream().map(ReceivedFrame::text)).containsExactly("a", "b", "c", "");
        assertThat(client.heartBeats()).isEqualTo(2);
    }

    @Test
    void saysWhatHasComeWhenNothingFits() {
        StompTestClient hasty =
                StompTestClient.at(server.uri()).patience(Duration.ofMillis(50)).open();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> hasty.await(StompCommand.ERROR))
                .withMessageContaining("within PT0.05S");
        hasty.abort();
    }

    @Test
    void givesUpAtOnceWhenTheConnectionEnds() {
        server.say("ERROR\nmessage:no\n\n\0");
        server.sayClose(1002, "protocol-fault");
        assertThat(client.awaitClosed()).isEqualTo(new ClosedWith(1002, "protocol-fault"));
        assertThat(client.await(StompCommand.ERROR).header("message")).isEqualTo("no");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> client.await(StompCommand.MESSAGE))
                .withMessageContaining("code=1002")
                .withMessageContaining("[message, no]");
    }

    @Test
    void givesUpWhenTheServerSendsNoStomp() {
        server.say("HELLO\n\n\0");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> client.await(StompCommand.CONNECTED))
                .withMessageContaining("UNKNOWN_COMMAND");
    }

    @Test
    void seesAConnectionThatIsCut() {
        server.cut();
        assertThat(client.awaitClosed().code()).isEqualTo(1006);
        assertThatIllegalStateException().isThrownBy(() -> client.sendText("\n"));
    }

    @Test
    void sendsWhateverItIsTold() throws InterruptedException {
        client.sendPart("SE", false).sendPart("ND", true);
        assertThat(server.next() + server.next()).isEqualTo("SEND");
        client.sendText("\n");
        assertThat(server.next()).isEqualTo("\n");
    }

    @Test
    void closesWithACode() throws InterruptedException {
        client.close(4000, "because");
        assertThat(server.next()).isEqualTo("close 4000 because");
        assertThat(client.awaitClosed().code()).isEqualTo(4000);
    }

    @Test
    void closesNormallyWhenItIsNotNeededAnyMore() throws InterruptedException {
        client.close();
        assertThat(server.next()).isEqualTo("close 1000 ");
        client.close();
    }

    @Test
    void abortsWithoutAFarewell() throws InterruptedException {
        client.abort();
        assertThat(server.next()).isEqualTo("gone");
    }

    @Test
    void stopsReadingUntilItIsToldToReadOn() {
        client.pauseReading();
        for (int i = 0; i < 5; i++) {
            server.say("RECEIPT\nreceipt-id:" + i + "\n\n\0");
        }
        await().during(Duration.ofMillis(200)).until(() -> client.frames().size() <= 1);
        client.resumeReading();
        client.awaitReceipt("4");
        assertThat(client.frames()).hasSize(5);
    }

    @Test
    void tellsHowAHandshakeWasRefused() {
        URI elsewhere = server.uri().resolve("/elsewhere");
        assertThatExceptionOfType(HandshakeRefusedException.class)
                .isThrownBy(() -> StompTestClient.open(elsewhere))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @Nested
    class WithSockJs {
        private StompTestClient sockJs;

        @BeforeEach
        void open() throws InterruptedException {
            client.abort();
            assertThat(server.next()).isEqualTo("gone");
            server.forget();
            sockJs = StompTestClient.at(server.uri()).sockJs().open();
            assertThat(server.next()).matches("handshake /ws/000/[a-z0-9]+/websocket null");
        }

        @AfterEach
        void abort() {
            sockJs.abort();
        }

        @Test
        void wrapsUpWhatItSendsAndUnwrapsWhatItGets() throws InterruptedException {
            server.say("h");
            server.say("a[\"CONNECTED\\nversion:1.2\\n\\n\\u0000\",\"\\n\"]");
            sockJs.connect();
            assertThat(server.next())
                    .isEqualTo("[\"CONNECT\\u000aaccept-version:1.2\\u000ahost:localhost\\u000a\\u000a\\u0000\"]");
            server.say("a[ \"MESSAGE\\nsubscription:0\\n\\n\\\"\\uc548\\\\\\/\" , \"b\\t\\u0000\" ]");
            assertThat(sockJs.awaitMessage("0").text()).isEqualTo("\"안\\/b\t");
            assertThat(sockJs.heartBeats()).isEqualTo(2);
            sockJs.sendText("\"\\");
            assertThat(server.next()).isEqualTo("[\"\\\"\\\\\"]");
            sockJs.sendRawText("not json");
            assertThat(server.next()).isEqualTo("not json");
        }

        @Test
        void readsTheCloseFrame() {
            server.say("c[3000,\"Go away!\"]");
            server.sayClose(1000, "");
            assertThat(sockJs.awaitSockJsClosed()).isEqualTo(new ClosedWith(3000, "Go away!"));
            assertThat(sockJs.awaitClosed().code()).isEqualTo(1000);
        }
    }

    @Test
    void connectsInOneCall() {
        server.close();
        try (ScriptedServer other = new ScriptedServer("/other")) {
            other.greetWith(CONNECTED);
            try (StompTestClient connected = StompTestClient.connected(other.uri(), "login", "jane")) {
                assertThat(connected.frames()).hasSize(1);
            }
        }
    }
}
