package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.SessionLimits;
import dev.maru.stomp.StompCommand;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ACK and NACK on destinations where everybody gets everything. */
class AcknowledgementTest {
    private static final String KEPT = EngineFixture.KEPT;
    private static final String PLAIN = EngineFixture.PLAIN;

    private final EngineFixture fixture = new EngineFixture(Engine.builder().limits(windowOf(3)));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void givesNoAckHeaderToAClientThatDoesNotAcknowledge() {
        TestClient client = fixture.subscribed(PLAIN, "ack", "auto");
        fixture.publish(PLAIN, "m");

        assertThat(client.awaitFrame(StompCommand.MESSAGE).header("ack")).isNull();
    }

    @Test
    void refusesAnAckModeThatDoesNotExist() {
        TestClient client = fixture.connect();
        client.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", PLAIN, "ack", "sometimes");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("invalid-header");
    }

    @Test
    void pausesWhenTheWindowIsFullAndGoesOnWhenAcknowledged() {
        TestClient client = fixture.subscribed(KEPT, "ack", "client-individual");
        TestClient other = fixture.subscribed(KEPT);
        publish(KEPT, 1, 8);
        other.awaitFrames(StompCommand.MESSAGE, 7);
        List<TestClient.Received> first = client.awaitFrames(StompCommand.MESSAGE, 3);

        ack(client, first.get(1));
        assertThat(client.awaitFrames(StompCommand.MESSAGE, 4).getLast().body()).isEqualTo("m4");
        ack(client, first.get(0));
        ack(client, first.get(2));

        assertThat(client.awaitFrames(StompCommand.MESSAGE, 6))
                .extracting(TestClient.Received::body)
                .containsExactly("m1", "m2", "m3", "m4", "m5", "m6");
    }

    @Test
    void acknowledgesEverythingBeforeInClientMode() {
        TestClient client = fixture.subscribed(KEPT, "ack", "client");
        publish(KEPT, 1, 7);

        ack(client, client.awaitFrames(StompCommand.MESSAGE, 3).getLast());

        assertThat(client.awaitFrames(StompCommand.MESSAGE, 6))
                .extracting(TestClient.Received::body)
                .containsExactly("m1", "m2", "m3", "m4", "m5", "m6");
    }

    @Test
    void makesRoomByNackAsWell() {
        TestClient client = fixture.subscribed(KEPT, "ack", "client");
        publish(KEPT, 1, 5);

        answer(
                client,
                StompCommand.NACK,
                client.awaitFrames(StompCommand.MESSAGE, 3).getLast());

        client.awaitFrames(StompCommand.MESSAGE, 4);
    }

    @Test
    void catchesUpWithinTheWindow() {
        publish(KEPT, 1, 6);
        TestClient client = fixture.subscribed(KEPT, "ack", "client", "since", "e1-0");

        ack(client, client.awaitFrames(StompCommand.MESSAGE, 3).getLast());

        assertThat(client.awaitFrames(StompCommand.MESSAGE, 5).getLast().body()).isEqualTo("m5");
    }

    @Test
    void appliesThePolicyWhereNothingIsKept() {
        TestClient client = fixture.subscribed(PLAIN, "ack", "client");
        publish(PLAIN, 1, 5);

        await().until(() -> client.closed() == CloseReason.SLOW_CONSUMER);
    }

    @Test
    void countsMessagesOfPatternsAsWell() {
        TestClient client = fixture.subscribed("/topic/*", "ack", "client-individual");
        publish("/topic/x", 1, 4);
        client.awaitFrames(StompCommand.MESSAGE, 3).forEach(message -> ack(client, message));
        publish("/topic/x", 4, 5);
        client.awaitFrames(StompCommand.MESSAGE, 4);
        publish("/topic/x", 5, 8);

        await().until(() -> client.closed() == CloseReason.SLOW_CONSUMER);
    }

    @Test
    void receiptsAnAcknowledgement() {
        TestClient client = fixture.subscribed(KEPT, "ack", "client");
        publish(KEPT, 1, 2);
        String ack = header(client.awaitFrame(StompCommand.MESSAGE), "ack");

        client.send(StompCommand.ACK, "", "id", ack, "receipt", "a");

        assertThat(client.awaitFrames(StompCommand.RECEIPT, 2).getLast().header("receipt-id"))
                .isEqualTo("a");
    }

    @Test
    void endsTheConnectionForAnUnknownId() {
        TestClient client = fixture.subscribed(KEPT, "ack", "client");

        client.send(StompCommand.ACK, "", "id", "nothing", "receipt", "a");

        TestClient.Received error = client.awaitFrame(StompCommand.ERROR);
        assertThat(error.header("message")).isEqualTo("unknown-ack");
        assertThat(error.header("receipt-id")).isEqualTo("a");
        await().until(() -> client.closed() == CloseReason.PROTOCOL_FAULT);
    }

    @Test
    void endsTheConnectionForASecondAckOfTheSameMessage() {
        TestClient client = fixture.subscribed(KEPT, "ack", "client-individual");
        publish(KEPT, 1, 2);
        TestClient.Received message = client.awaitFrame(StompCommand.MESSAGE);

        ack(client, message);
        ack(client, message);

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("unknown-ack");
    }

    @Test
    void wantsTheIdInVersion12() {
        TestClient client = fixture.subscribed(KEPT, "ack", "client");

        client.send(StompCommand.ACK, "", "message-id", "e1-1", "subscription", "s");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("missing-header");
    }

    @Test
    void takesSubscriptionAndMessageIdInVersion11() {
        TestClient client = subscribed("1.1");
        publish(KEPT, 1, 5);
        List<TestClient.Received> messages = client.awaitFrames(StompCommand.MESSAGE, 3);

        client.send(StompCommand.ACK, "", "subscription", "s", "message-id", header(messages.getLast(), "message-id"));

        client.awaitFrames(StompCommand.MESSAGE, 4);
    }

    @Test
    void wantsTheSubscriptionInVersion11() {
        TestClient client = subscribed("1.1");
        client.send(StompCommand.NACK, "", "message-id", "e1-1");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("missing-header");
    }

    @Test
    void takesTheMessageIdAloneInVersion10() {
        TestClient client = subscribed("1.0");
        publish(KEPT, 1, 5);
        List<TestClient.Received> messages = client.awaitFrames(StompCommand.MESSAGE, 3);

        client.send(StompCommand.ACK, "", "message-id", header(messages.getLast(), "message-id"));

        client.awaitFrames(StompCommand.MESSAGE, 4);
    }

    @Test
    void tellsSubscriptionsApartWhoseIdsLookLikeAcks() {
        TestClient client = fixture.connect();
        for (String id : List.of("a@b", "b")) {
            client.send(StompCommand.SUBSCRIBE, "", "id", id, "destination", KEPT, "ack", "client", "receipt", id);
        }
        client.awaitFrames(StompCommand.RECEIPT, 2);
        publish(KEPT, 1, 2);

        client.awaitFrames(StompCommand.MESSAGE, 2).forEach(message -> ack(client, message));
        client.send(StompCommand.SEND, "", "destination", PLAIN, "receipt", "end");

        client.awaitFrames(StompCommand.RECEIPT, 3);
    }

    private TestClient subscribed(String version) {
        TestClient client = fixture.open();
        client.send(StompCommand.CONNECT, "", "accept-version", version, "host", "x");
        client.awaitFrame(StompCommand.CONNECTED);
        client.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", KEPT, "ack", "client", "receipt", "sub");
        client.awaitFrame(StompCommand.RECEIPT);
        return client;
    }

    private void publish(String destination, int from, int to) {
        IntStream.range(from, to).forEach(i -> fixture.publish(destination, "m" + i));
    }

    private static void ack(TestClient client, TestClient.Received message) {
        answer(client, StompCommand.ACK, message);
    }

    private static void answer(TestClient client, StompCommand command, TestClient.Received message) {
        client.send(command, "", "id", header(message, "ack"));
    }

    private static String header(TestClient.Received message, String name) {
        return Objects.requireNonNull(message.header(name));
    }

    private static SessionLimits windowOf(int messages) {
        SessionLimits d = SessionLimits.DEFAULT;
        return new SessionLimits(
                d.subscriptions(),
                d.subscriptionIdBytes(),
                d.unansweredFrames(),
                d.unsentBytes(),
                messages,
                d.transactions(),
                d.replayMessages(),
                d.lastMessages(),
                d.connectTimeout(),
                d.heartBeatSend(),
                d.heartBeatReceive(),
                d.messageRate());
    }
}
