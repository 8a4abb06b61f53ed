package dev.maru.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client written for the tutorial sends, and what it gets. */
class ClassicChatIT {
    private static RunningServer server;

    private final String room = UUID.randomUUID().toString();

    @BeforeAll
    static void start(@TempDir Path data) {
        server = RunningServer.start(data, "--maru.presence.grace=300ms");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void joinsAndTalksInOneBreath() {
        try (StompClient client = server.connect()) {
            client.subscribe("sub-0", "/topic/public/" + room)
                    .send("/app/chat/addUser", message("JOIN", "ss", null))
                    .send("/app/chat/sendMessage", message("TALK", "ss", "hi"));

            StompMessage join = client.message("sub-0");
            assertThat(join.body())
                    .isEqualTo("{\"roomId\":\"" + room + "\",\"type\":\"JOIN\",\"sender\":\"ss\",\"message\":null}");
            assertThat(join.header("message-id")).matches("[a-z0-9]+-0~.+");
            StompMessage talk = client.message("sub-0");
            assertThat(talk.header("destination")).isEqualTo("/topic/public/" + room);
            assertThat(talk.header("content-type")).startsWith("application/json");
            assertThat(talk.header("message-id")).matches("[a-z0-9]+-1");
            assertThat(talk.text("type")).isEqualTo("TALK");
            assertThat(talk.text("roomId")).isEqualTo(room);
            assertThat(talk.text("sender")).isEqualTo("ss");
            assertThat(talk.text("message")).isEqualTo("hi");
            assertThat(talk.json().path("offset").asLong()).isEqualTo(1);
            assertThat(talk.text("id")).isNotBlank();
            assertThat(talk.text("sentAt")).endsWith("Z");
        }
    }

    @Test
    void tellsTheOthersWhenSomebodyComesTalksAndLosesTheConnection() {
        try (StompClient jane = joined("Jane")) {
            StompClient minsu = joined("민수");
            assertThat(jane.message("room").text("sender")).isEqualTo("민수");
            minsu.send("/app/chat/sendMessage", message("TALK", "민수", "안녕하세요"));
            assertThat(jane.message("room").text("message")).isEqualTo("안녕하세요");

            minsu.abort();

            StompMessage leave = jane.message("room");
            assertThat(leave.body())
                    .isEqualTo("{\"roomId\":\"" + room + "\",\"type\":\"LEAVE\",\"sender\":\"민수\",\"message\":null}");
            jane.settle();
            assertThat(jane.leftOver("room")).isEmpty();
        }
    }

    @Test
    void tellsTheOthersOnceWhenSomebodyClosesThePage() {
        try (StompClient jane = joined("Jane")) {
            StompClient minsu = joined("민수");
            assertThat(jane.message("room").text("type")).isEqualTo("JOIN");
            minsu.close();
            assertThat(jane.message("room").text("type")).isEqualTo("LEAVE");
        }
    }

    @Test
    void makesNoNoiseWhenAPersonComesAgain() {
        try (StompClient jane = joined("Jane");
                StompClient minsu = joined("민수")) {
            assertThat(jane.message("room").text("sender")).isEqualTo("민수");

            try (StompClient secondTab = joined("민수")) {
                secondTab.settle();
            }

            minsu.settle();
            assertThat(minsu.leftOver("room")).isEmpty();
            jane.settle();
            assertThat(jane.leftOver("room")).isEmpty();
        }
    }

    @Test
    void leavesARoomAndStaysConnected() {
        try (StompClient jane = joined("Jane");
                StompClient minsu = joined("민수")) {
            assertThat(jane.message("room").text("type")).isEqualTo("JOIN");

            minsu.sent("/app/chat/leave", message("LEAVE", "민수", null));
            minsu.sent("/app/chat/leave", message("LEAVE", "민수", null));

            assertThat(jane.message("room").text("type")).isEqualTo("LEAVE");
            minsu.assertStillOpen();
            jane.settle();
            assertThat(jane.leftOver("room")).isEmpty();
        }
    }

    @Test
    void takesAMessageWithoutARoomToTheLobby() {
        try (StompClient client = server.connect()) {
            client.subscribe("short", "/topic/public").subscribe("long", "/topic/public/lobby");
            client.send("/app/chat/sendMessage", "{\"type\":\"TALK\",\"sender\":\"ss\",\"message\":\"hi\"}");

            StompMessage toShort = client.message("short");
            StompMessage toLong = client.message("long");
            assertThat(toShort.header("destination")).isEqualTo("/topic/public");
            assertThat(toLong.header("destination")).isEqualTo("/topic/public/lobby");
            assertThat(toShort.body()).isEqualTo(toLong.body());
            assertThat(toShort.json().has("roomId")).isFalse();
            assertThat(toShort.header("message-id")).isEqualTo(toLong.header("message-id"));
        }
    }

    @Test
    void takesTheRoomFromThePath() {
        try (StompClient client = server.connect()) {
            client.subscribe("sub", "/topic/public/" + room);
            client.send("/app/chat/message/" + room, "{\"sender\":\"ss\",\"message\":\"hi\",\"roomId\":\"other\"}");
            assertThat(client.message("sub").text("roomId")).isEqualTo(room);
        }
    }

    @Test
    void letsTheTypeDecideWhereverItWasSent() {
        try (StompClient client = server.connect()) {
            client.subscribe("sub", "/topic/public/" + room);
            client.sent("/app/chat/addUser", message("TALK", "ss", "one"));
            client.sent("/app/chat/leave", message("TALK", "ss", "two"));
            client.send("/app/chat/sendMessage", message("JOIN", "ss", null));
            client.send("/app/chat/message", message("LEAVE", "ss", null));

            assertThat(client.message("sub").text("message")).isEqualTo("one");
            assertThat(client.message("sub").text("message")).isEqualTo("two");
            assertThat(client.message("sub").text("type")).isEqualTo("JOIN");
            assertThat(client.message("sub").text("type")).isEqualTo("LEAVE");
        }
    }

    @Test
    void ignoresFieldsThatItDoesNotKnow() {
        try (StompClient client = server.connect()) {
            client.subscribe("sub", "/topic/public/" + room);
            client.send(
                    "/app/chat/message/" + room,
                    "{\"sender\":\"ss\",\"message\":\"hi\",\"colour\":\"red\",\"nested\":{\"a\":[1]}}");
            assertThat(client.message("sub").text("message")).isEqualTo("hi");
        }
    }

    @Test
    void givesMarkupBackAsTheTextThatItIs() {
        String markup = "<script>alert('x')</script> & \\\"quotes\\\" \\u2028";
        try (StompClient client = server.connect()) {
            client.subscribe("sub", "/topic/public/" + room);
            client.send("/app/chat/message/" + room, "{\"sender\":\"<b>ss</b>\",\"message\":\"" + markup + "\"}");
            StompMessage talk = client.message("sub");
            assertThat(talk.text("sender")).isEqualTo("<b>ss</b>");
            assertThat(talk.text("message")).isEqualTo("<script>alert('x')</script> & \"quotes\" \u2028");
        }
    }

    @Test
    void keepsTheOrderOfABurst() {
        try (StompClient client = server.connect();
                StompClient reader = server.connect()) {
            reader.subscribed("sub", "/topic/public/" + room);
            IntStream.range(0, 500).forEach(i -> client.send("/app/chat/sendMessage", message("TALK", "ss", "m" + i)));
            for (int i = 0; i < 500; i++) {
                StompMessage talk = reader.message("sub");
                assertThat(talk.text("message")).isEqualTo("m" + i);
                assertThat(talk.json().path("offset").asInt()).isEqualTo(i + 1);
            }
        }
    }

    private StompClient joined(String name) {
        StompClient client = server.connect();
        client.subscribed("room", "/topic/public/" + room);
        client.send("/app/chat/addUser", message("JOIN", name, null));
        assertThat(client.message("room").text("sender")).isEqualTo(name);
        return client;
    }

    private String message(String type, String sender, String text) {
        String value = text == null ? "null" : "\"" + text + "\"";
        return "{\"roomId\":\"" + room + "\",\"sender\":\"" + sender + "\",\"message\":" + value + ",\"type\":\"" + type
                + "\"}";
    }
}
