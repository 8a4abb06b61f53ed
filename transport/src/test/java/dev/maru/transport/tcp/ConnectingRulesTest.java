package dev.maru.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompCommand;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the specifications say of CONNECT, CONNECTED and the end of a connection; docs/stomp-conformance.md maps it. */
class ConnectingRulesTest {
    private static StompServer server;

    @BeforeAll
    static void start() {
        server = new StompServer();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void aClientOpensWithConnectAndTheServerAnswersConnected() throws Exception {
        TcpClient client = server.open().send("CONNECT\naccept-version:1.2\nhost:maru\n\n^@");

        assertThat(client.next().command()).isEqualTo(StompCommand.CONNECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void aClientMayOpenWithStompInsteadOfConnect(String version) throws Exception {
        TcpClient client = server.open().send("STOMP\naccept-version:" + version + "\nhost:maru\n\n^@");

        assertThat(client.next().header("version")).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ndestination:/topic/a\n\n^@",
                "SUBSCRIBE\nid:1\ndestination:/topic/a\n\n^@",
                "DISCONNECT\n\n^@"
            })
    void anyFrameBeforeConnectIsRefused(String frame) throws Exception {
        refused(server.open().send(frame), "not-connected");
    }

    @Test
    void aSecondConnectIsRefused() throws Exception {
        refused(server.connect().send("CONNECT\naccept-version:1.2\nhost:x\n\n^@"), "already-connected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0 | 1.0",
                "1.1 | 1.1",
                "1.2 | 1.2",
                "1.0,1.1,1.2 | 1.2",
                "1.2,1.1 | 1.2",
                "1.1,1.0 | 1.1",
                "1.1,2.0 | 1.1",
                "1.0, 1.1 | 1.1"
            })
    void theServerChoosesTheHighestVersionThatBothKnow(String accepted, String chosen) throws Exception {
        TcpClient client = server.open().send("CONNECT\naccept-version:" + accepted + "\nhost:x\n\n^@");

        assertThat(client.next().header("version")).isEqualTo(chosen);
    }

    @Test
    void aClientWithoutAcceptVersionSpeaksVersion10() throws Exception {
        TcpClient client = server.open().send("CONNECT\n\n^@");

        assertThat(client.next().header("version")).isEqualTo("1.0");
    }

    @Test
    void withoutACommonVersionTheServerSaysWhichItKnowsAndCloses() throws Exception {
        TcpClient client = server.open().send("CONNECT\naccept-version:2.0,2.1\nhost:x\n\n^@");

        TcpClient.Frame error = client.next();
        assertThat(error.command()).isEqualTo(StompCommand.ERROR);
        assertThat(error.header("version")).isEqualTo("1.0,1.1,1.2");
        assertThat(error.text()).contains("1.0", "1.1", "1.2");
        assertThat(client.ends()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host:localhost\n", "host:anything at all\n"})
    void anyVirtualHostIsAccepted(String host) throws Exception {
        TcpClient client = server.open().send("CONNECT\naccept-version:1.2\n" + host + "\n^@");

        assertThat(client.next().command()).isEqualTo(StompCommand.CONNECTED);
    }

    @Test
    void loginAndPasscodeMayBeGiven() throws Exception {
        TcpClient client = server.open().send("CONNECT\naccept-version:1.2\nhost:x\nlogin:jane\npasscode:secret\n\n^@");

        assertThat(client.next().command()).isEqualTo(StompCommand.CONNECTED);
    }

    @Test
    void connectedNamesTheVersionASessionOfItsOwnAndTheServer() throws Exception {
        TcpClient.Frame one =
                server.open().send("CONNECT\naccept-version:1.2\nhost:x\n\n^@").next();
        TcpClient.Frame other =
                server.open().send("CONNECT\naccept-version:1.2\nhost:x\n\n^@").next();

        assertThat(one.header("version")).isEqualTo("1.2");
        assertThat(one.header("server")).matches("[^/\\s]+(/\\S+)?");
        assertThat(one.header("session")).isNotEmpty().isNotEqualTo(other.header("session"));
    }

    @Test
    void connectedHasASessionInVersion10Too() throws Exception {
        assertThat(server.open().send("CONNECT\n\n^@").next().header("session")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void disconnectIsReceiptedAndThenTheServerCloses(String version) throws Exception {
        TcpClient client = server.connect(version).send("DISCONNECT\nreceipt:77\n\n^@");

        TcpClient.Frame receipt = client.next();
        assertThat(receipt.command()).isEqualTo(StompCommand.RECEIPT);
        assertThat(receipt.header("receipt-id")).isEqualTo("77");
        assertThat(client.ends()).isTrue();
    }

    @Test
    void nothingIsDoneForFramesBehindDisconnect() throws Exception {
        TcpClient listener = server.subscribed("1.2", "/topic/behind");
        TcpClient client = server.connect();

        client.send("SEND\ndestination:/topic/behind\n\nbefore^@DISCONNECT\nreceipt:1\n\n^@"
                + "SEND\ndestination:/topic/behind\n\nbehind^@");
        client.next();
        assertThat(client.ends()).isTrue();

        server.connect().send("SEND\ndestination:/topic/behind\n\nlater^@");
        assertThat(listener.next().text()).isEqualTo("before");
        assertThat(listener.next().text()).isEqualTo("later");
    }

    @Test
    void whatWasSentBeforeDisconnectIsDoneBeforeItsReceipt() throws Exception {
        TcpClient client = server.connect()
                .send("SEND\ndestination:/topic/a\nreceipt:1\n\nx^@SEND\ndestination:/topic/a\nreceipt:2\n\nx^@"
                        + "DISCONNECT\nreceipt:3\n\n^@");

        assertThat(client.next().header("receipt-id")).isEqualTo("1");
        assertThat(client.next().header("receipt-id")).isEqualTo("2");
        assertThat(client.next().header("receipt-id")).isEqualTo("3");
    }

    static void refused(TcpClient client, String fault) throws IOException {
        TcpClient.Frame error = client.next();
        assertThat(error.command()).isEqualTo(StompCommand.ERROR);
        assertThat(error.header("message")).isEqualTo(fault);
        assertThat(client.ends()).isTrue();
    }
}
