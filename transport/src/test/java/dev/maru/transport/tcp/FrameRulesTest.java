package dev.maru.transport.tcp;

import static dev.maru.transport.tcp.ConnectingRulesTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the specifications say of frames, headers and bodies, whatever the command. */
class FrameRulesTest {
    private static StompServer server;

    @BeforeAll
    static void start() {
        server = new StompServer();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void anyNumberOfLineEndsMayStandBetweenFrames(String version) throws Exception {
        TcpClient client = server.open().send("\n\n");
        client.send("CONNECT\naccept-version:" + version + "\nhost:x\n\n^@\n\n\n")
                .next();

        client.send("\nSEND\ndestination:/topic/a\nreceipt:1\n\n^@\n\nSEND\ndestination:/topic/a\nreceipt:2\n\n^@\n");

        assertThat(client.next().header("receipt-id")).isEqualTo("1");
        assertThat(client.next().header("receipt-id")).isEqualTo("2");
    }

    @Test
    void aLineMayEndWithACarriageReturnBeforeTheLineFeedInVersion12() throws Exception {
        TcpClient client = server.subscribed("1.2", "/topic/crlf");

        client.send("\r\nSEND\r\ndestination:/topic/crlf\r\nfoo:bar\r\n\r\nbody\r\n^@\r\n");

        TcpClient.Frame message = client.next();
        assertThat(message.header("foo")).isEqualTo("bar");
        assertThat(message.text()).isEqualTo("body\r\n");
    }

    @Test
    void commandsAndHeadersAreUtf8() throws Exception {
        TcpClient client = server.subscribed("1.2", "/topic/utf8");

        client.send("SEND\ndestination:/topic/utf8\n이름:민수 😀\n\n^@");

        assertThat(client.next().header("이름")).isEqualTo("민수 😀");
        byte[] broken = "SEND\ndestination:/topic/utf8\nfoo:?\n\n\0".getBytes(StandardCharsets.UTF_8);
        broken[broken.length - 4] = (byte) 0xFF;
        refused(client.send(broken), "malformed-frame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "Send", "SENT", "MESSAGE", "CONNECTED", "RECEIPT", "ERROR"})
    void commandsAreCaseSensitiveAndOnlyTheClientsOwn(String command) throws Exception {
        refused(server.connect().send(command + "\ndestination:/topic/a\n\n^@"), "unknown-command");
    }

    @Test
    void headersAreCaseSensitive() throws Exception {
        refused(server.connect().send("SEND\nDestination:/topic/a\n\n^@"), "missing-header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void ofRepeatedHeadersTheFirstCounts(String version) throws Exception {
        TcpClient listener = server.subscribed(version, "/topic/first");
        TcpClient client = server.connect(version);

        client.send("SEND\ndestination:/topic/first\ndestination:/topic/second\nfoo:1\nfoo:2\n"
                + "receipt:a\nreceipt:b\n\n^@");

        assertThat(client.next().header("receipt-id")).isEqualTo("a");
        assertThat(listener.next().header("foo")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void spacesAroundAHeaderAreKept(String version) throws Exception {
        TcpClient client = server.subscribed(version, "/topic/spaces");

        client.send("SEND\ndestination:/topic/spaces\n foo : bar \n\n^@");

        assertThat(client.next().header(" foo ")).isEqualTo(" bar ");
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, a\\nb\\cc\\\\d, a\\nb\\cc\\\\d",
        "1.2, a\\nb\\cc\\\\d\\re, a\\nb\\cc\\\\d\\re",
        "1.0, a\\nb\\cc\\\\d\\re\\t, a\\nb\\cc\\\\d\\re\\t"
    })
    void headersAreEscapedAsTheVersionSaysOnTheWayInAndOut(String version, String sent, String heard) throws Exception {
        TcpClient client = server.subscribed(version, "/topic/escaped");

        client.send("SEND\ndestination:/topic/escaped\nfoo:" + sent + "\n\n^@");

        assertThat(client.next().header("foo")).isEqualTo(heard);
    }

    @Test
    void anEscapedHeaderReachesEachSubscriberInItsOwnVersion() throws Exception {
        TcpClient old = server.subscribed("1.0", "/topic/mixed");
        TcpClient middle = server.subscribed("1.1", "/topic/mixed");
        TcpClient young = server.subscribed("1.2", "/topic/mixed");

        young.send("SEND\ndestination:/topic/mixed\nfoo:a\\cb\\nc\\rd\n\n^@");

        assertThat(young.next().header("foo")).isEqualTo("a\\cb\\nc\\rd");
        assertThat(middle.next().header("foo")).startsWith("a\\cb\\nc").doesNotContain("\\r");
        assertThat(old.next().header("foo")).startsWith("a:b").doesNotContain("\\");
    }

    @ParameterizedTest
    @CsvSource({"1.1, \\t", "1.2, \\t", "1.2, \\x", "1.1, \\r", "1.2, \\"})
    void anUndefinedEscapeIsAFatalError(String version, String escape) throws Exception {
        TcpClient client = server.connect(version);

        refused(client.send("SEND\ndestination:/topic/a\nfoo:" + escape + "\n\n^@"), "malformed-frame");
    }

    @Test
    void connectIsNeverUnescapedAndConnectedNeverEscaped() throws Exception {
        TcpClient client = server.open()
                .send("CONNECT\naccept-version:1.2\nhost:a\\tb\\\nlogin:back\\slash\nheart-beat:0,0\n\n^@");

        assertThat(client.next().command()).isEqualTo(StompCommand.CONNECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void aContentLengthCountsBytesAndLetsABodyHoldNul(String version) throws Exception {
        TcpClient client = server.subscribed(version, "/topic/nul");

        client.send("SEND\ndestination:/topic/nul\ncontent-length:7\n\n^@안^@\n^@^@");

        TcpClient.Frame message = client.next();
        assertThat(message.header("content-length")).isEqualTo("7");
        assertThat(message.text()).isEqualTo("\0안\0\n\0");
    }

    @Test
    void withoutContentLengthABodyEndsAtTheFirstNul() throws Exception {
        TcpClient client = server.subscribed("1.2", "/topic/open");

        client.send("SEND\ndestination:/topic/open\n\na\nb^@");

        assertThat(client.next().text()).isEqualTo("a\nb");
    }

    @Test
    void aBodyMayBeEmpty() throws Exception {
        TcpClient client = server.subscribed("1.2", "/topic/empty");

        client.send("SEND\ndestination:/topic/empty\n\n^@");

        assertThat(client.next().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUBSCRIBE\nid:1\ndestination:/topic/a\n\nbody^@",
                "UNSUBSCRIBE\nid:1\n\nbody^@",
                "DISCONNECT\ncontent-length:4\n\nbody^@",
                "BEGIN\ntransaction:t\n\nbody^@"
            })
    void onlySendHasABody(String frame) throws Exception {
        refused(server.connect().send(frame), "body-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length:none", "content-length:-1", "content-length:", "content-length:1"})
    void aContentLengthThatIsWrongIsAnError(String header) throws Exception {
        refused(server.connect().send("SEND\ndestination:/topic/a\n" + header + "\n\nabc^@"), "bad-content-length");
    }

    @Test
    void unknownHeadersAreIgnored() throws Exception {
        TcpClient client = server.connect()
                .send("SUBSCRIBE\nid:1\ndestination:/topic/a\nx-strange:1\nactivemq.prefetchSize:9\nreceipt:1\n\n^@");

        assertThat(client.next().command()).isEqualTo(StompCommand.RECEIPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"receipt:1\n", "receipt:1\nreceipt:2\n"})
    void theServerBoundsHeadersLinesAndFrames(String receipt) throws Exception {
        String start = "SEND\n" + receipt + "destination:/topic/a\n";

        TcpClient.Frame many =
                server.connect().send(start + "a:b\n".repeat(64) + "\n^@").next();
        TcpClient.Frame longLine = server.connect()
                .send(start + "a:" + "b".repeat(9_000) + "\n\n^@")
                .next();
        TcpClient.Frame large =
                server.connect().send(start + "\n" + "b".repeat(300_000) + "^@").next();

        assertThat(many.header("message")).isEqualTo("too-many-headers");
        assertThat(longLine.header("message")).isEqualTo("header-line-too-long");
        assertThat(large.header("message")).isEqualTo("frame-too-large");
        assertThat(large.header("receipt-id")).isEqualTo("1");
    }
}
