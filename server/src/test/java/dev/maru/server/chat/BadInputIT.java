package dev.maru.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends wrongly over STOMP: it is told why, the others notice nothing, and nothing is stored. */
class BadInputIT {
    private static RunningServer server;

    private StompClient neighbour;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void letANeighbourListen() {
        neighbour = server.connect();
        neighbour.subscribed("stream", "/topic/public");
    }

    @AfterEach
    void assertThatTheNeighbourNoticedNothing() {
        neighbour.settle();
        assertThat(neighbour.leftOver("stream")).isEmpty();
        neighbour.close();
        assertThat(server.get("/api/rooms/lobby/messages")
                        .json()
                        .path("messages")
                        .isEmpty())
                .isTrue();
    }

    private static final String NUMBER_AS_TEXT = "{\"sender\":\"ss\",\"message\":1}";

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("no JSON", "malformed-json", 4100, "/app/chat/sendMessage", "{\"sender\":"),
                refusal("no object", "malformed-json", 4100, "/app/chat/sendMessage", "[1]"),
                refusal("nothing", "malformed-json", 4100, "/app/chat/sendMessage", ""),
                refusal("null", "malformed-json", 4100, "/app/chat/sendMessage", "null"),
                refusal("a type in the wrong form", "malformed-json", 4100, "/app/chat/sendMessage", "{\"type\":{}}"),
                refusal("a number as type", "malformed-json", 4100, talk("\"type\":1", "ss", "hi")),
                refusal("a number as room", "malformed-json", 4100, talk("\"roomId\":7", "ss", "hi")),
                refusal("a fraction as room", "malformed-json", 4100, talk("\"roomId\":7.5", "ss", "hi")),
                refusal("true as id", "malformed-json", 4100, talk("\"clientMessageId\":true", "ss", "hi")),
                refusal("a number as sender", "malformed-json", 4100, "/app/chat/addUser", "{\"sender\":5}"),
                refusal("a list as sender", "malformed-json", 4100, "/app/chat/typing", "{\"sender\":[\"s\"]}"),
                refusal("a number as text", "malformed-json", 4100, "/app/chat/sendMessage", NUMBER_AS_TEXT),
                refusal("an unknown type", "unknown-type", 4101, talk("\"type\":\"SHOUT\"", "ss", "hi")),
                refusal("a type in lower case", "unknown-type", 4101, talk("\"type\":\"talk\"", "ss", "hi")),
                refusal("an empty room", "invalid-room-id", 4102, talk("\"roomId\":\"\"", "ss", "hi")),
                refusal("a long room", "invalid-room-id", 4102, talk(room("r".repeat(65)), "ss", "hi")),
                refusal("a room with a space", "invalid-room-id", 4102, talk(room("a b"), "ss", "hi")),
                refusal("a room with a slash", "invalid-room-id", 4102, talk(room("a/b"), "ss", "hi")),
                refusal("a Korean room id", "invalid-room-id", 4102, talk(room("방"), "ss", "hi")),
                refusal("a long text", "text-too-long", 4103, talk(room("lobby"), "ss", "가".repeat(5462))),
                refusal("an empty text", "empty-text", 4104, talk(room("lobby"), "ss", "")),
                refusal("a blank text", "empty-text", 4104, talk(room("lobby"), "ss", " \\n\\t ")),
                refusal("no text", "empty-text", 4104, "/app/chat/sendMessage", "{\"sender\":\"ss\"}"),
                refusal("no sender", "invalid-sender", 4105, "/app/chat/sendMessage", "{\"message\":\"hi\"}"),
                refusal("a blank sender", "invalid-sender", 4105, talk(room("lobby"), " ", "hi")),
                refusal("a long sender", "invalid-sender", 4105, talk(room("lobby"), "s".repeat(41), "hi")),
                refusal("a sender with a control", "invalid-sender", 4105, talk(room("lobby"), "a\\u0007b", "hi")),
                refusal("a JOIN without a sender", "invalid-sender", 4105, "/app/chat/addUser", "{}"),
                refusal("typing without a sender", "invalid-sender", 4105, "/app/chat/typing", "{}"),
                refusal("an empty id", "invalid-client-message-id", 4106, talk(id(""), "ss", "hi")),
                refusal("a long id", "invalid-client-message-id", 4106, talk(id("i".repeat(65)), "ss", "hi")),
                refusal("a Korean id", "invalid-client-message-id", 4106, talk(id("가"), "ss", "hi")),
                refusal("a bad room in the path", "invalid-room-id", 4102, "/app/chat/message/a+b", "{}"),
                refusal("a broker destination", "forbidden", 4018, "/topic/public", "{}"),
                refusal("another's queue", "forbidden", 4018, "/user/ss/queue/errors", "{}"),
                refusal("an unknown destination", "forbidden", 4018, "/app/chat/other", "{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void tellsAClientThatListensForErrorsAndKeepsItsConnection(Refusal refusal) {
        try (StompClient client = server.connect()) {
            client.subscribed("errors", "/user/queue/errors");

            client.frame("SEND\nreceipt:mine\ndestination:" + refusal.destination, refusal.body);

            StompMessage error = client.message("errors");
            assertThat(error.header("code")).isEqualTo(Integer.toString(refusal.code));
            assertThat(error.header("message")).isEqualTo(refusal.title);
            assertThat(error.header("receipt-id")).isEqualTo("mine");
            assertThat(error.header("content-type")).isEqualTo("application/problem+json");
            assertThat(error.text("type")).isEqualTo("urn:maru:fault:" + refusal.title);
            assertThat(error.text("title")).isEqualTo(refusal.title);
            assertThat(error.json().path("code").asInt()).isEqualTo(refusal.code);
            assertThat(error.json().path("status").asInt()).isBetween(400, 499);
            assertThat(error.text("detail")).isNotBlank();
            client.assertStillOpen();
            assertThat(client.all("RECEIPT")).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void tellsAnyOtherClientByAnErrorThatEndsTheConnection(Refusal refusal) {
        StompClient client = server.connect();

        client.frame("SEND\nreceipt:mine\ndestination:" + refusal.destination, refusal.body);

        StompMessage error = client.error();
        assertThat(error.header("code")).isEqualTo(Integer.toString(refusal.code));
        assertThat(error.header("message")).isEqualTo(refusal.title);
        assertThat(error.header("receipt-id")).isEqualTo("mine");
        assertThat(client.closeCode()).isEqualTo(1008);
    }

    @Test
    void endsTheConnectionOfAFrameOverTheLimit() {
        StompClient client = server.connect();
        client.subscribed("errors", "/user/queue/errors");

        client.send("/app/chat/sendMessage", "x".repeat(256 * 1024 + 1));

        assertThat(client.error().header("code")).isEqualTo("4002");
        assertThat(client.closeCode()).isEqualTo(1002);
    }

    @Test
    void refusesASubscriptionThatIsNotOfTheChat() {
        StompClient client = server.connect();
        client.subscribe("everything", "/topic/**");
        StompMessage error = client.error();
        assertThat(error.header("message")).isEqualTo("forbidden");
    }

    @Test
    void refusesASubscriptionToAllRoomsAndKeepsTheConnectionOfAClientThatListensForErrors() {
        try (StompClient client = server.connect()) {
            client.subscribed("errors", "/user/queue/errors");

            client.subscribe("all", "/topic/public/*");

            assertThat(client.message("errors").header("message")).isEqualTo("invalid-room-id");
            client.assertStillOpen();
        }
    }

    private static Arguments refusal(String name, String title, int code, String body) {
        return refusal(name, title, code, "/app/chat/sendMessage", body);
    }

    private static Arguments refusal(String name, String title, int code, String destination, String body) {
        return arguments(new Refusal(name, title, code, destination, body));
    }

    private static String talk(String field, String sender, String text) {
        return "{" + field + ",\"sender\":\"" + sender + "\",\"message\":\"" + text + "\"}";
    }

    private static String room(String id) {
        return "\"roomId\":\"" + id + "\"";
    }

    private static String id(String id) {
        return "\"clientMessageId\":\"" + id + "\"";
    }

    record Refusal(String name, String title, int code, String destination, String body) {
        @Override
        public String toString() {
            return name;
        }
    }
}
