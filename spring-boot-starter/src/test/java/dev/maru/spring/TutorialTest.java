package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

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

    private final List<WebSocketClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(WebSocketClient::close);
    }

    private WebSocketClient client() {
        WebSocketClient client = WebSocketClient.connect(SERVER.port());
        clients.add(client);
        return client;
    }

    @Test
    void sendsWhatAMethodReturnsToTheDestinationOfSendTo() {
        WebSocketClient ann = client().subscribe("sub-0", "/topic/public");
        client().sendTo("/app/first/sendMessage", "{\"type\":\"TALK\",\"sender\":\"bob\",\"message\":\"안녕\"}");

        String message = ann.await("MESSAGE");
        assertThat(message)
                .contains(
                        "\nsubscription:sub-0\n", "\ndestination:/topic/public\n", "\ncontent-type:application/json\n");
        assertThat(json(message)).isEqualTo(Map.of("sender", "bob", "type", "TALK", "message", "안녕"));
    }

    @Test
    void sendsWhatAMethodReturnsToTheTopicOfItsOwnNameWithoutSendTo() {
        WebSocketClient ann = client().subscribe("0", "/topic/first/unaddressed");
        ann.sendTo("/app/first/unaddressed", "{\"type\":\"TALK\",\"sender\":\"ann\",\"message\":\"hi\"}");
        assertThat(ann.await("MESSAGE")).contains("\"sender\":\"ann\"");
    }

    @Test
    void talksInRooms() {
        WebSocketClient red = client().subscribe("0", "/topic/public/red");
        WebSocketClient blue = client().subscribe("0", "/topic/public/blue");
        WebSocketClient writer = client();
        writer.sendTo("/app/chat/sendMessage", talk("red", "to red"));
        writer.sendTo("/app/chat/message/blue", talk("elsewhere", "to blue"));

        assertThat(red.await("MESSAGE")).contains("to red");
        assertThat(blue.await("MESSAGE")).contains("to blue");
        assertThat(red.received("MESSAGE")).hasSize(1);
    }

    @Test
    void doesNotMissAMessageSentRightBehindItsSubscription() {
        WebSocketClient ann = client();
        for (int i = 0; i < 50; i++) {
            String room = "breath-" + i;
            ann.text("SUBSCRIBE\nid:" + i + "\ndestination:/topic/public/" + room + "\n\n\0"
                    + "SEND\ndestination:/app/chat/addUser\n\n" + talk(room, "me") + "\0");
        }
        for (int i = 0; i < 50; i++) {
            ann.await("MESSAGE", "subscription:" + i + "\n");
        }
    }

    @Test
    void keepsTheOrderOfABurst() {
        WebSocketClient ann = client().subscribe("0", "/topic/public/burst");
        WebSocketClient bob = client();
        for (int i = 0; i < 200; i++) {
            bob.sendTo("/app/chat/sendMessage", talk("burst", "number " + i + "."));
        }
        ann.await("MESSAGE", "number 199.");
        List<String> received = ann.received("MESSAGE");
        assertThat(received).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(received.get(i)).contains("number " + i + ".");
        }
    }

    @Test
    void tellsTheRoomWhoLeftWhenASocketCloses() {
        WebSocketClient ann = client().subscribe("0", "/topic/public/leaving");
        WebSocketClient bob = client();
        bob.sendTo("/app/chat/addUser", talk("leaving", "hello"));
        ann.await("MESSAGE", "hello");

        bob.abort();

        String leave = ann.await("MESSAGE", "LEAVE");
        assertThat(leave).contains("\"message\":null");
        assertThat(json(leave)).isEqualTo(Map.of("roomId", "leaving", "sender", "ss", "type", "LEAVE"));
    }

    @Test
    void answersTheReceiptOfAMessageWithoutHistoryWithoutAPosition() {
        WebSocketClient ann = client();
        ann.sendTo("/app/chat/sendMessage", talk("receipts", "hi"), "receipt:r1");
        assertThat(ann.await("RECEIPT", "receipt-id:r1")).doesNotContain("position");
    }

    /** The body's fields, without those that are null. */
    private static Map<?, ?> json(String frame) {
        Map<?, ?> fields = JsonMapper.shared().readValue(WebSocketClient.body(frame), TreeMap.class);
        fields.values().removeIf(Objects::isNull);
        return fields;
    }

    private static String talk(String room, String text) {
        return "{\"roomId\":\"%s\",\"type\":\"TALK\",\"sender\":\"ss\",\"message\":\"%s\"}".formatted(room, text);
    }
}
