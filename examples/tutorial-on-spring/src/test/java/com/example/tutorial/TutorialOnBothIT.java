package com.example.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.tutorial.Wire.Way;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.ApplicationProcess;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.StompTestClient;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same sources, all but one annotation, on Spring's own broker and on Maru: what both do, and what Maru does
 * better. Where Spring's broker surely does less, that is checked too.
 */
class TutorialOnBothIT {
    private static final Map<Broker, ApplicationProcess> RUNNING = new EnumMap<>(Broker.class);

    @BeforeAll
    static void start() {
        for (Broker broker : Broker.values()) {
            RUNNING.put(broker, broker.start());
        }
    }

    @AfterAll
    static void stop() {
        RUNNING.values().forEach(ApplicationProcess::close);
    }

    private static int port(Broker broker) {
        return RUNNING.get(broker).port();
    }

    @Nested
    class OnSpring extends AllChecks {
        @Override
        public int port() {
            return TutorialOnBothIT.port(Broker.SPRING);
        }
    }

    @Nested
    class OnMaru extends AllChecks {
        @Override
        public int port() {
            return TutorialOnBothIT.port(Broker.MARU);
        }
    }

    /** Each row holds on Maru; where Spring's broker surely does otherwise, that is shown as well. */
    @Nested
    class BetterOnMaru {
        private static final int TOO_BIG = 1009;

        @ParameterizedTest
        @EnumSource
        void keepsTheOrderOfABurstOfTwoHundredMessages(Way way) {
            String room = ChatClient.newRoom();
            try (ChatClient ann = maru(way).listen("a", "/topic/public/" + room);
                    ChatClient bob = maru(way)) {
                IntStream.range(0, 200)
                        .forEach(i -> bob.say("/app/chat/sendMessage", room, "TALK", "Bob", "number " + i + "."));
                ann.await("a", "number 199.");
                List<ReceivedFrame> messages = ann.messages("a");
                assertThat(messages).hasSize(200);
                for (int i = 0; i < 200; i++) {
                    assertThat(messages.get(i).text()).contains("number " + i + ".");
                }
            }
        }

        @Test
        void showsEverybodyTheSameOrder() {
            String room = ChatClient.newRoom();
            try (ChatClient ann = maru(Way.WEBSOCKET).listen("a", "/topic/public/" + room);
                    ChatClient bob = maru(Way.SOCKJS_WEBSOCKET).listen("b", "/topic/public/" + room)) {
                for (int i = 0; i < 100; i++) {
                    ann.say("/app/chat/sendMessage", room, "TALK", "Ann", "ann " + i + ".");
                    bob.say("/app/chat/sendMessage", room, "TALK", "Bob", "bob " + i + ".");
                }
                List.of(ann, bob).forEach(client -> {
                    String id = client == ann ? "a" : "b";
                    client.await(id, "ann 99.");
                    client.await(id, "bob 99.");
                });
                assertThat(texts(ann.messages("a"))).hasSize(200).isEqualTo(texts(bob.messages("b")));
            }
        }

        @ParameterizedTest
        @EnumSource
        void losesNothingThatIsPublishedStraightAfterSubscribing(Way way) {
            try (ChatClient ann = maru(way)) {
                for (int i = 0; i < 50; i++) {
                    String room = ChatClient.newRoom();
                    ann.subscribe("s" + i, "/topic/public/" + room)
                            .say("/app/chat/addUser", room, "JOIN", "Ann", "number " + i + ".");
                }
                for (int i = 0; i < 50; i++) {
                    ann.await("s" + i, "number " + i + ".");
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void answersTheReceiptsOfSubscribeSendAndUnsubscribe(Way way) {
            try (ChatClient ann = maru(way)) {
                askForReceipts(ann);
                List.of("subscribed", "sent", "published", "unsubscribed", "bye")
                        .forEach(ann::awaitReceipt);
                assertThat(ann.frames(StompCommand.RECEIPT).stream().map(frame -> frame.header("receipt-id")))
                        .containsExactly("subscribed", "sent", "published", "unsubscribed", "bye");
            }
        }

        @Test
        void whereSpringAnswersThatOfDisconnectAlone() {
            try (ChatClient ann = spring(Way.WEBSOCKET)) {
                askForReceipts(ann);
                ann.awaitReceipt("bye");
                assertThat(ann.frames(StompCommand.RECEIPT)).hasSize(1);
            }
        }

        @Test
        void sendsBodiesOfAnyBytesAsTheyAre() throws Exception {
            byte[] body = {0, (byte) 0xff, (byte) 0xc3, 0x28, 10, 0, (byte) 0x80};
            assertThat(BinaryRoundTrip.of(port(Broker.MARU), body)).isEqualTo(new BinaryRoundTrip(true, body));
            assertThat(BinaryRoundTrip.of(port(Broker.SPRING), body).binary()).isFalse();
        }

        @Test
        void deliversNothingOfATransactionThatIsAborted() {
            try (ChatClient ann = maru(Way.WEBSOCKET)) {
                assertThat(texts(deliveredOfTransactions(ann))).containsExactly("kept", "last");
            }
            try (ChatClient ann = spring(Way.WEBSOCKET)) {
                deliveredOfTransactions(ann);
                ann.await("a", "dropped");
            }
        }

        @Test
        void letsAClientAcknowledgeWhatItGot() {
            try (ChatClient ann = maru(Way.WEBSOCKET);
                    ChatClient bob = spring(Way.WEBSOCKET)) {
                String topic = "/topic/free/" + ChatClient.newRoom();
                String[] subscribe = {"id:a", "destination:" + topic, "ack:client-individual"};
                ann.frame("SUBSCRIBE", "", subscribe).send(topic, "one");
                String ack = ann.await("a", "one").header("ack");
                ann.frame("ACK", "", "id:" + ack, "receipt:acked").awaitReceipt("acked");
                bob.frame("SUBSCRIBE", "", subscribe).untilHeard("a", () -> bob.send(topic, "one"));
                assertThat(bob.await("a", "one").header("ack")).isNull();
            }
        }

        @Test
        void noticesDeadConnectionsWithoutBeingConfigured() {
            try (ChatClient ann = maru(Way.WEBSOCKET);
                    ChatClient bob = spring(Way.WEBSOCKET)) {
                assertThat(connected(ann).header("heart-beat")).isEqualTo("1000,10000");
                assertThat(connected(bob).header("heart-beat")).isEqualTo("0,0");
            }
        }

        @Test
        void takesLongerMessagesUnlessTheApplicationSaysOtherwise() {
            String text = "마루".repeat(30_000);
            String topic = "/topic/free/" + ChatClient.newRoom();
            try (ChatClient ann = maru(Way.WEBSOCKET);
                    StompTestClient bob = StompTestClient.connected(address(Broker.SPRING))) {
                ann.listen("a", topic).send(topic, text).await("a", text);
                bob.send(topic, text);
                assertThat(bob.awaitClosed().code()).isEqualTo(TOO_BIG);
            }
        }

        @Test
        void noticesAtOnceThatAClientOfAStreamingTransportIsGone() {
            String room = ChatClient.newRoom();
            try (ChatClient ann = maru(Way.WEBSOCKET).listen("a", "/topic/public/" + room)) {
                maru(Way.SOCKJS_XHR_STREAMING)
                        .say("/app/chat/addUser", room, "JOIN", "Bob", "")
                        .abort();
                ann.await("a", "LEAVE");
            }
        }

        private static URI address(Broker broker) {
            return URI.create("ws://localhost:" + port(broker) + "/ws/websocket");
        }

        private ChatClient maru(Way way) {
            return ChatClient.connected(port(Broker.MARU), way);
        }

        private ChatClient spring(Way way) {
            return ChatClient.connected(port(Broker.SPRING), way);
        }

        private static void askForReceipts(ChatClient client) {
            String room = ChatClient.newRoom();
            client.frame("SUBSCRIBE", "", "id:a", "destination:/topic/public/" + room, "receipt:subscribed")
                    .frame("SEND", "{}", "destination:/app/chat/message/" + room, "receipt:sent")
                    .frame("SEND", "free", "destination:/topic/public/" + room, "receipt:published")
                    .frame("UNSUBSCRIBE", "", "id:a", "receipt:unsubscribed")
                    .frame("DISCONNECT", "", "receipt:bye");
        }

        private static List<ReceivedFrame> deliveredOfTransactions(ChatClient client) {
            String topic = "/topic/free/" + ChatClient.newRoom();
            client.listen("a", topic)
                    .frame("BEGIN", "", "transaction:t1")
                    .frame("SEND", "dropped", "destination:" + topic, "transaction:t1")
                    .frame("ABORT", "", "transaction:t1")
                    .frame("BEGIN", "", "transaction:t2")
                    .frame("SEND", "kept", "destination:" + topic, "transaction:t2")
                    .frame("COMMIT", "", "transaction:t2")
                    .send(topic, "last");
            client.await("a", "kept");
            client.await("a", "last");
            return client.messages("a");
        }

        private static ReceivedFrame connected(ChatClient client) {
            return client.frames(StompCommand.CONNECTED).getFirst();
        }

        private static List<String> texts(List<ReceivedFrame> messages) {
            return messages.stream().map(ReceivedFrame::text).toList();
        }
    }
}
