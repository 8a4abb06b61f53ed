package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** What the tutorial's page does, against the tutorial's sources. */
class TutorialTest {
    @RegisterExtension
    static final RunningTutorial SERVER = new RunningTutorial();

    private final List<TestClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(TestClient::close);
    }

    private TestClient client() {
        TestClient client = TestClient.connected(SERVER.port());
        clients.add(client);
        return client;
    }

    @Test
    void sendsWhatAMethodReturnsToTheDestinationOfSendTo() {
        TestClient ann = client().subscribe("sub-0", "/topic/public");
        client().sendTo("/app/first/sendMessage", "{\"type\":\"TALK\",\"sender\":\"bob\",\"message\":\"안녕\"}");

        String message = ann.await(StompCommand.MESSAGE);
        assertThat(message)
                .contains(
                        "\nsubscription:sub-0\n", "\ndestination:/topic/public\n", "\ncontent-type:application/json\n");
        assertThat(json(message)).isEqualTo(Map.of("sender", "bob", "type", "TALK", "message", "안녕"));
    }

    @Test
    void sendsWhatAMethodReturnsToTheTopicOfItsOwnNameWithoutSendTo() {
        TestClient ann = client().subscribe("0", "/topic/first/unaddressed");
        ann.sendTo("/app/first/unaddressed", "{\"type\":\"TALK\",\"sender\":\"ann\",\"message\":\"hi\"}");
        assertThat(ann.await(StompCommand.MESSAGE)).contains("\"sender\":\"ann\"");
    }

    @Test
    void talksInRooms() {
        TestClient red = client().subscribe("0", "/topic/public/red");
        TestClient blue = client().subscribe("0", "/topic/public/blue");
        TestClient writer = client();
        writer.sendTo("/app/chat/sendMessage", talk("red", "to red"));
        writer.sendTo("/app/chat/message/blue", talk("elsewhere", "to blue"));

        assertThat(red.await(StompCommand.MESSAGE)).contains("to red");
        assertThat(blue.await(StompCommand.MESSAGE)).contains("to blue");
        assertThat(red.received(StompCommand.MESSAGE)).hasSize(1);
    }

    @Test
    void doesNotMissAMessageSentRightBehindItsSubscription() {
        TestClient ann = client();
        for (int i = 0; i < 50; i++) {
            String room = "breath-" + i;
            ann.text("SUBSCRIBE\nid:" + i + "\ndestination:/topic/public/" + room + "\n\n\0"
                    + "SEND\ndestination:/app/chat/addUser\n\n" + talk(room, "me") + "\0");
        }
        for (int i = 0; i < 50; i++) {
            ann.await(StompCommand.MESSAGE, "subscription:" + i + "\n");
        }
    }

    @Test
    void keepsTheOrderOfABurst() {
        TestClient ann = client().subscribe("0", "/topic/public/burst");
        TestClient bob = client();
        for (int i = 0; i < 200; i++) {
            bob.sendTo("/app/chat/sendMessage", talk("burst", "number " + i + "."));
        }
        ann.await(StompCommand.MESSAGE, "number 199.");
        List<String> received = ann.received(StompCommand.MESSAGE);
        assertThat(received).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(received.get(i)).contains("number " + i + ".");
        }
    }

    @Test
    void tellsTheRoomWhoLeftWhenASocketCloses() {
        TestClient ann = client().subscribe("0", "/topic/public/leaving");
        TestClient bob = client();
        bob.sendTo("/app/chat/addUser", talk("leaving", "hello"));
        ann.await(StompCommand.MESSAGE, "hello");

        bob.abort();

        String leave = ann.await(StompCommand.MESSAGE, "LEAVE");
        assertThat(leave).contains("\"message\":null");
        assertThat(json(leave)).isEqualTo(Map.of("roomId", "leaving", "sender", "ss", "type", "LEAVE"));
    }

    @Test
    void answersTheReceiptOfAMessageWithoutHistoryWithoutAPosition() {
        TestClient ann = client();
        ann.sendTo("/app/chat/sendMessage", talk("receipts", "hi"), "receipt:r1");
        assertThat(ann.await(StompCommand.RECEIPT, "receipt-id:r1")).doesNotContain("position");
    }

    /** The body's fields, without those that are null. */
    private static Map<?, ?> json(String frame) {
        Map<?, ?> fields = JsonMapper.shared().readValue(TestClient.body(frame), TreeMap.class);
        fields.values().removeIf(Objects::isNull);
        return fields;
    }

    private static String talk(String room, String text) {
        return "{\"roomId\":\"%s\",\"type\":\"TALK\",\"sender\":\"ss\",\"message\":\"%s\"}".formatted(room, text);
    }
}
