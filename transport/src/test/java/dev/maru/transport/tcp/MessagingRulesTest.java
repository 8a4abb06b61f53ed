package dev.maru.transport.tcp;

import static dev.maru.transport.tcp.ConnectingRulesTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompCommand;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the specifications say of SEND, SUBSCRIBE, UNSUBSCRIBE, MESSAGE, RECEIPT and ERROR. */
class MessagingRulesTest {
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
    void aMessageNamesItsDestinationItsSubscriptionAndAnIdOfItsOwn(String version) throws Exception {
        TcpClient client = server.subscribed(version, "/topic/named");

        client.send("SEND\ndestination:/topic/named\n\n1^@SEND\ndestination:/topic/named\n\n2^@");

        Set<String> ids = new HashSet<>();
        for (int i = 1; i <= 2; i++) {
            TcpClient.Frame message = client.next();
            assertThat(message.command()).isEqualTo(StompCommand.MESSAGE);
            assertThat(message.header("destination")).isEqualTo("/topic/named");
            assertThat(message.header("subscription")).isEqualTo("s");
            ids.add(message.header("message-id"));
        }
        assertThat(ids).hasSize(2).doesNotContainNull();
    }

    @Test
    void aSendNeedsADestination() throws Exception {
        refused(server.connect().send("SEND\n\nhello^@"), "missing-header");
    }

    @Test
    void aSendsOwnHeadersAndItsContentTypeTravelWithTheMessage() throws Exception {
        TcpClient client = server.subscribed("1.2", "/topic/headers");

        client.send("SEND\ndestination:/topic/headers\ncontent-type:text/plain;charset=utf-8\npriority:9\n\nhi^@");

        TcpClient.Frame message = client.next();
        assertThat(message.header("content-type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(message.header("priority")).isEqualTo("9");
        assertThat(message.header("content-length")).isEqualTo("2");
    }

    @Test
    void aSendCannotForgeWhatTheServerSaysInAMessage() throws Exception {
        TcpClient listener = server.subscribed("1.2", "/topic/forged");

        server.connect()
                .send("SEND\ndestination:/topic/forged\nsubscription:other\nmessage-id:1\nack:1\nreceipt:r\n\n^@");

        TcpClient.Frame message = listener.next();
        assertThat(message.header("subscription")).isEqualTo("s");
        assertThat(message.header("message-id")).isNotEqualTo("1");
        assertThat(message.header("ack")).isNull();
        assertThat(message.header("receipt")).isNull();
    }

    @Test
    void whatAClientAuthenticatesWithIsToldToNobodyElse() throws Exception {
        TcpClient listener = server.subscribed("1.2", "/topic/secret");

        server.connect()
                .send("SEND\ndestination:/topic/secret\nAuthorization:Bearer x\nlogin:jane\npasscode:p\nfoo:bar\n\n^@");

        TcpClient.Frame message = listener.next();
        assertThat(message.header("foo")).isEqualTo("bar");
        assertThat(message.header("Authorization")).isNull();
        assertThat(message.header("login")).isNull();
        assertThat(message.header("passcode")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void aSubscriptionNeedsAnIdFromVersion11On(String version) throws Exception {
        refused(server.connect(version).send("SUBSCRIBE\ndestination:/topic/a\n\n^@"), "missing-header");
    }

    @Test
    void aSubscriptionNeedsNoIdInVersion10() throws Exception {
        TcpClient client = server.connect("1.0").send("SUBSCRIBE\ndestination:/topic/noid\nreceipt:1\n\n^@");
        client.next();

        client.send("SEND\ndestination:/topic/noid\n\nhi^@");

        assertThat(client.next().text()).isEqualTo("hi");
    }

    @Test
    void aSubscriptionNeedsADestination() throws Exception {
        refused(server.connect().send("SUBSCRIBE\nid:1\n\n^@"), "missing-header");
    }

    @Test
    void twoSubscriptionsOfAConnectionHaveDifferentIds() throws Exception {
        TcpClient client = server.subscribed("1.2", "/topic/a");

        refused(client.send("SUBSCRIBE\nid:s\ndestination:/topic/b\n\n^@"), "subscription-exists");
    }

    @Test
    void twoSubscriptionsToOneDestinationEachGetTheMessage() throws Exception {
        TcpClient client = server.subscribed("1.2", "/topic/twice");
        client.send("SUBSCRIBE\nid:t\ndestination:/topic/twice\nreceipt:1\n\n^@")
                .next();

        client.send("SEND\ndestination:/topic/twice\n\nhi^@");

        assertThat(Set.of(
                        String.valueOf(client.next().header("subscription")),
                        String.valueOf(client.next().header("subscription"))))
                .containsExactlyInAnyOrder("s", "t");
    }

    @Test
    void aSelectorIsRefusedInsteadOfIgnored() throws Exception {
        TcpClient client = server.connect();

        refused(client.send("SUBSCRIBE\nid:1\ndestination:/topic/a\nselector:a > 1\n\n^@"), "not-supported");
    }

    @ParameterizedTest
    @CsvSource({"1.0, id:s", "1.0, destination:/topic/gone", "1.1, id:s", "1.2, id:s"})
    void nothingArrivesAfterTheReceiptOfUnsubscribe(String version, String header) throws Exception {
        TcpClient client = server.subscribed(version, "/topic/gone");
        client.send("UNSUBSCRIBE\n" + header + "\nreceipt:gone\n\n^@");
        assertThat(client.next().header("receipt-id")).isEqualTo("gone");

        client.send("SEND\ndestination:/topic/gone\nreceipt:sent\n\nhi^@");

        assertThat(client.next().header("receipt-id")).isEqualTo("sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void unsubscribeNeedsTheIdFromVersion11On(String version) throws Exception {
        TcpClient client = server.subscribed(version, "/topic/a");

        refused(client.send("UNSUBSCRIBE\ndestination:/topic/a\n\n^@"), "missing-header");
    }

    @Test
    void unsubscribeNeedsADestinationOrAnIdInVersion10() throws Exception {
        refused(server.subscribed("1.0", "/topic/a").send("UNSUBSCRIBE\n\n^@"), "missing-header");
    }

    @Test
    void anIdIsFreeAgainAfterUnsubscribe() throws Exception {
        TcpClient client = server.subscribed("1.2", "/topic/a");

        client.send("UNSUBSCRIBE\nid:s\n\n^@SUBSCRIBE\nid:s\ndestination:/topic/b\nreceipt:again\n\n^@");

        assertThat(client.next().header("receipt-id")).isEqualTo("again");
    }

    @Test
    void everyFrameThatAsksGetsAReceiptInTheOrderOfTheFrames() throws Exception {
        TcpClient client = server.connect()
                .send("SUBSCRIBE\nid:q\ndestination:/topic/quiet\nreceipt:1\n\n^@"
                        + "SEND\ndestination:/topic/other\nreceipt:2\n\nx^@"
                        + "UNSUBSCRIBE\nid:q\nreceipt:3\n\n^@DISCONNECT\nreceipt:4\n\n^@");

        for (int i = 1; i <= 4; i++) {
            TcpClient.Frame receipt = client.next();
            assertThat(receipt.command()).isEqualTo(StompCommand.RECEIPT);
            assertThat(receipt.header("receipt-id")).isEqualTo(Integer.toString(i));
            assertThat(receipt.body()).isEmpty();
        }
    }

    @Test
    void aReceiptIsEscapedLikeAnyHeader() throws Exception {
        TcpClient client = server.connect().send("SEND\ndestination:/topic/a\nreceipt:a\\cb\\\\\n\n^@");

        assertThat(client.next().header("receipt-id")).isEqualTo("a\\cb\\\\");
    }

    @Test
    void aFrameThatDoesNotAskGetsNoReceipt() throws Exception {
        TcpClient client =
                server.connect().send("SEND\ndestination:/topic/a\n\n^@SEND\ndestination:/topic/a\nreceipt:2\n\n^@");

        assertThat(client.next().header("receipt-id")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void anErrorSaysWhatIsWrongNamesTheReceiptAndEndsTheConnection(String version) throws Exception {
        TcpClient client = server.connect(version).send("SEND\nreceipt:message-12345\n\nhello^@");

        TcpClient.Frame error = client.next();
        assertThat(error.command()).isEqualTo(StompCommand.ERROR);
        assertThat(error.header("message")).isEqualTo("missing-header");
        assertThat(error.header("receipt-id")).isEqualTo("message-12345");
        assertThat(error.header("content-type")).startsWith("text/plain");
        assertThat(error.text()).contains("destination");
        assertThat(client.ends()).isTrue();
    }

    @Test
    void messagesOfOneSenderArriveInTheOrderTheyWereSent() throws Exception {
        TcpClient client = server.subscribed("1.2", "/topic/order");
        StringBuilder burst = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            burst.append("SEND\ndestination:/topic/order\n\n").append(i).append("^@");
        }
        client.send(burst.toString());

        for (int i = 0; i < 500; i++) {
            assertThat(client.next().text()).isEqualTo(Integer.toString(i));
        }
    }
}
