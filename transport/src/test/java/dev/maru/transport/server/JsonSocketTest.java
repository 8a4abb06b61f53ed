package dev.maru.transport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.Engine;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.testkit.ClosedWith;
import dev.maru.testkit.JsonSocketClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON WebSocket, as clients meet it. */
class JsonSocketTest {
    private StreamServer server;

    @BeforeEach
    void start() {
        server = new StreamServer(Engine.builder()
                .authorizer((session, command, destination, headers) -> destination.contains("secret")
                        ? CompletableFuture.failedStage(new Refusal(SessionFault.FORBIDDEN, "not for you"))
                        : CompletableFuture.completedStage(null)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void carriesAConversation() {
        try (JsonSocketClient client = JsonSocketClient.open(server.uri("/socket"))) {
            assertThat(client.subprotocol()).isEmpty();
            Map<String, String> connected =
                    client.send("CONNECT", "heart-beat", "0,0").await("CONNECTED");
            assertThat(connected).containsEntry("version", "1.2").containsKey("session");

            assertThat(client.subscribed("s", "/topic/kept/a"))
                    .containsEntry("receipt-id", "r-s")
                    .containsKey("position");

            client.send("SEND", "destination", "/topic/kept/a", "body", "안녕", "receipt", "1", "mood", "\"gut\"\n");
            Map<String, String> message = client.await("MESSAGE");
            Map<String, String> receipt = client.await("RECEIPT");
            assertThat(message)
                    .containsEntry("destination", "/topic/kept/a")
                    .containsEntry("subscription", "s")
                    .containsEntry("message-id", receipt.get("position"))
                    .containsEntry("mood", "\"gut\"\n")
                    .containsEntry("body", "안녕");

            client.send("UNSUBSCRIBE", "id", "s", "receipt", "2").await("RECEIPT");
            client.send("SEND", "destination", "/topic/kept/a", "body", "?", "receipt", "3");
            assertThat(client.await("RECEIPT")).containsEntry("receipt-id", "3");

            client.send("DISCONNECT", "receipt", "bye").await("RECEIPT");
            assertThat(client.awaitClosed()).isEqualTo(new ClosedWith(1000, "disconnected"));
        }
    }

    @Test
    void recoversAsASubscriptionOverStompDoes() {
        String first = server.publish("/topic/kept/a", "1");
        String second = server.publish("/topic/kept/a", "2");
        String epoch = first.substring(0, first.indexOf('-'));
        try (JsonSocketClient client = JsonSocketClient.connected(server.uri("/socket"))) {
            assertThat(client.subscribed("a", "/topic/kept/a", "since", first))
                    .containsEntry("recovered", "true")
                    .containsEntry("position", first);
            assertThat(client.await("MESSAGE")).containsEntry("body", "2").containsEntry("message-id", second);

            assertThat(client.subscribed("b", "/topic/kept/a", "since", epoch + "-3", "last", "1"))
                    .containsEntry("recovered", "false")
                    .containsEntry("position", first);
            assertThat(client.await("MESSAGE")).containsEntry("body", "2").containsEntry("subscription", "b");

            assertThat(client.sendRaw("{\"type\":\"SUBSCRIBE\",\"id\":7,\"destination\":\"/topic/kept/a\","
                                    + "\"last\":2,\"receipt\":8}")
                            .await("RECEIPT"))
                    .containsEntry("receipt-id", "8")
                    .containsEntry("position", epoch + "-0");
            assertThat(client.await("MESSAGE")).containsEntry("body", "1").containsEntry("subscription", "7");
        }
    }

    @Test
    void sendsAndAcknowledgesInTransactions() {
        try (JsonSocketClient client = JsonSocketClient.connected(server.uri("/socket"))) {
            client.subscribed("s", "/topic/kept/a", "ack", "client-individual");
            client.send("BEGIN", "transaction", "t", "receipt", "b").await("RECEIPT");
            client.send("SEND", "destination", "/topic/kept/a", "transaction", "t", "body", "held", "receipt", "h")
                    .await("RECEIPT");
            assertThat(client.waiting()).isZero();
            client.send("COMMIT", "transaction", "t", "receipt", "c").await("RECEIPT");

            Map<String, String> message = client.await("MESSAGE");
            assertThat(message).containsEntry("body", "held").containsKey("ack");
            client.send("ACK", "id", message.get("ack"), "receipt", "a");
            assertThat(client.await("RECEIPT")).containsEntry("receipt-id", "a");
            client.send("ACK", "id", "nothing");
            assertThat(client.await("ERROR")).containsKey("code");
        }
    }

    @Test
    void tellsWhatIsNotRecoveredWhereNoReceiptIsAskedFor() {
        try (JsonSocketClient client = JsonSocketClient.connected(server.uri("/socket"))) {
            client.send("SUBSCRIBE", "id", "s", "destination", "/topic/kept/a", "since", "0ther-1");
            assertThat(client.await("ERROR"))
                    .containsEntry("message", "not-recoverable")
                    .containsEntry("code", "4017");
        }
    }

    @Test
    void tellsAndEndsWhatTheApplicationRefuses() {
        try (JsonSocketClient client = JsonSocketClient.connected(server.uri("/socket"))) {
            client.send("SEND", "destination", "/topic/secret", "body", "x", "receipt", "1");
            assertThat(client.await("ERROR"))
                    .containsEntry("message", "forbidden")
                    .containsEntry("receipt-id", "1")
                    .containsEntry("body", "not for you");
            assertThat(client.awaitClosed()).isEqualTo(new ClosedWith(1008, "refused"));
        }
    }

    @Test
    void tellsARefusalToWhoeverListensAndStays() {
        try (JsonSocketClient client = JsonSocketClient.connected(server.uri("/socket"))) {
            client.subscribed("errors", "/user/queue/errors");
            client.send("SEND", "destination", "/topic/secret", "body", "x");
            assertThat(client.await("MESSAGE"))
                    .containsEntry("subscription", "errors")
                    .containsEntry("code", "4018");
            assertThat(client.subscribed("s", "/topic/a")).containsEntry("receipt-id", "r-s");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"SEND\",\"destination\":\"/a\"}|not-connected",
                "{\"type\":\"MESSAGE\"}|unknown-command",
                "{\"type\":\"CONNECT\",\"a\":null}|malformed-frame",
                "{\"type\":\"CONNECT\",\"a\":[[[[]]]]}|malformed-frame",
                "[1]|malformed-frame"
            })
    void endsAfterWhatIsAgainstTheRules(String message, String fault) {
        try (JsonSocketClient client = JsonSocketClient.open(server.uri("/socket"))) {
            assertThat(client.sendRaw(message).await("ERROR"))
                    .containsEntry("message", fault)
                    .containsKey("body");
            assertThat(client.awaitClosed().code()).isEqualTo(1002);
        }
    }

    @Test
    void answersHeartBeatsWithHeartBeats() {
        try (JsonSocketClient client = JsonSocketClient.connected(server.uri("/socket"), "heart-beat", "0,100")) {
            client.sendRaw("\n");
            await().until(() -> client.heartBeats() > 0);
        }
    }

    @Test
    void choosesNoSubProtocolOfStomp() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.handshake("/socket", "Sec-WebSocket-Protocol: v12.stomp");
            RawClient.Response response = client.response();
            assertThat(response.status()).isEqualTo(101);
            assertThat(response.headers()).doesNotContainKey("sec-websocket-protocol");
        }
    }
}
