package dev.maru.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The HTTP API: what it answers, and what it refuses in which words. */
class HttpApiIT {
    private static RunningServer server;

    private final String room = UUID.randomUUID().toString();
    private final String messages = "/api/rooms/" + room + "/messages";

    @BeforeAll
    static void start(@TempDir Path data) {
        server = RunningServer.start(data);
        server.post("/api/rooms", "{\"id\":\"taken\",\"name\":\"Taken\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void makesARoomUnderTheIdThatIsAskedFor() {
        HttpAnswer created = server.post("/api/rooms", "{\"id\":\"" + room + "\",\"name\":\" 우리 <b>방</b> \"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/rooms/" + room);
        assertThat(created.json().path("name").asString()).isEqualTo("우리 <b>방</b>");
        assertThat(created.json().path("head").asInt()).isZero();
        assertThat(created.json().path("people").asInt()).isZero();
        assertThat(created.json().path("lastMessageAt").isNull()).isTrue();
        assertThat(created.json().path("createdAt").asString()).endsWith("Z");
        assertThat(server.get("/api/rooms/" + room).body()).isEqualTo(created.body());
    }

    @Test
    void makesARoomUnderAnIdOfItsOwn() {
        HttpAnswer created = server.post("/api/rooms", "{\"name\":\"Plans\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(UUID.fromString(created.json().path("id").asString())).isNotNull();
    }

    @Test
    void listsTheRoomsThatWereActiveLastAndTheLobby() {
        server.post(messages, "{\"sender\":\"민수\",\"message\":\"hi\"}");
        JsonNode rooms = server.get("/api/rooms").json().path("rooms");
        assertThat(rooms.path(0).path("id").asString()).isEqualTo(room);
        assertThat(rooms.path(0).path("head").asInt()).isEqualTo(1);
        assertThat(rooms.path(0).path("lastMessageAt").asString()).endsWith("Z");
        assertThat(rooms.valueStream().map(listed -> listed.path("id").asString()))
                .contains("lobby");
        assertThat(server.get("/api/rooms?limit=1").json().path("rooms").valueStream())
                .hasSizeBetween(1, 2)
                .anySatisfy(listed -> assertThat(listed.path("id").asString()).isEqualTo("lobby"));
    }

    @Test
    void storesAMessageAndGivesItBack() {
        HttpAnswer stored = server.post(
                messages, "{\"sender\":\"<i>민수</i>\",\"message\":\"<script>1</script>\",\"clientMessageId\":\"a\"}");
        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.header("Content-Type")).isEqualTo("application/json");
        JsonNode message = stored.json();
        assertThat(message.propertyNames())
                .containsExactly("roomId", "type", "sender", "message", "id", "offset", "sentAt", "clientMessageId");
        assertThat(message.path("roomId").asString()).isEqualTo(room);
        assertThat(message.path("sender").asString()).isEqualTo("<i>민수</i>");
        assertThat(message.path("message").asString()).isEqualTo("<script>1</script>");
        assertThat(server.get(messages).json().path("messages").path(0)).isEqualTo(message);
    }

    @Test
    void pagesThroughARoomFromEitherEnd() {
        for (int i = 1; i <= 5; i++) {
            server.post(messages, "{\"sender\":\"s" + i % 2 + "\",\"message\":\"m" + i + "\"}");
        }
        assertPage("?limit=2", List.of(4, 5), true, false);
        assertPage("?limit=2&before=4", List.of(2, 3), true, true);
        assertPage("?limit=2&after=0", List.of(1, 2), false, true);
        assertPage("?limit=2&after=3", List.of(4, 5), true, false);
        assertPage("?sender=s1", List.of(1, 3, 5), false, false);
        assertPage("?from=2100-01-01T00:00:00Z", List.of(), false, false);
        assertPage("?to=2100-01-01T00:00:00Z&limit=1", List.of(5), true, false);
    }

    @Test
    void findsMessagesByTwoKoreanLetters() {
        server.post(messages, "{\"sender\":\"민수\",\"message\":\"모두 안녕하세요 " + room + "\"}");
        Awaitility.await("the index is filled behind the commits").untilAsserted(() -> {
            HttpAnswer found = server.get("/api/search?q=%EC%95%88%EB%85%95&room=" + room);
            assertThat(found.json().path("messages").path(0).path("roomId").asString())
                    .isEqualTo(room);
            assertThat(found.json().path("more").asBoolean()).isFalse();
        });
    }

    @Test
    void answersHealthChecks() {
        assertThat(server.get("/actuator/health").json().path("status").asString())
                .isEqualTo("UP");
        assertThat(server.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(server.get("/actuator/env").status()).isEqualTo(401);
        assertThat(server.get("/actuator").status()).isEqualTo(401);
    }

    static Stream<Arguments> badReads() {
        return Stream.of(
                arguments("/api/nothing", 404, "not-found"),
                arguments("/api/rooms;x=1", 404, "not-found"),
                arguments("/api/rooms/lobby;x=1/messages", 404, "not-found"),
                arguments("/api/rooms/nowhere", 404, "unknown-room"),
                arguments("/api/rooms/nowhere/messages", 404, "unknown-room"),
                arguments("/api/rooms/nowhere/presence", 404, "unknown-room"),
                arguments("/api/rooms/no%20where", 400, "invalid-room-id"),
                arguments("/api/rooms/" + "r".repeat(65) + "/messages", 400, "invalid-room-id"),
                arguments("/api/rooms?limit=0", 400, "invalid-query"),
                arguments("/api/rooms?limit=-1", 400, "invalid-query"),
                arguments("/api/rooms?limit=501", 400, "invalid-query"),
                arguments("/api/rooms?limit=ten", 400, "invalid-query"),
                arguments("/api/rooms/lobby/messages?limit=201", 400, "invalid-query"),
                arguments("/api/rooms/lobby/messages?before=-1", 400, "invalid-query"),
                arguments("/api/rooms/lobby/messages?after=99999999999999999999", 400, "invalid-query"),
                arguments("/api/rooms/lobby/messages?from=yesterday", 400, "invalid-query"),
                arguments("/api/search", 400, "invalid-query"),
                arguments("/api/search?q=%20", 400, "invalid-query"),
                arguments("/api/search?q=hi&limit=0", 400, "invalid-query"));
    }

    @ParameterizedTest
    @MethodSource("badReads")
    void refusesBadQuestions(String path, int status, String title) {
        assertProblem(server.get(path), status, title);
    }

    static Stream<Arguments> badWrites() {
        String messages = "/api/rooms/lobby/messages";
        return Stream.of(
                arguments("/api/rooms", "{\"id\":", 400, "malformed-json"),
                arguments("/api/rooms", "", 400, "malformed-json"),
                arguments("/api/rooms", "[]", 400, "malformed-json"),
                arguments("/api/rooms", "null", 400, "malformed-json"),
                arguments("/api/rooms", "{}", 400, "invalid-room-name"),
                arguments("/api/rooms", "{\"name\":5}", 400, "malformed-json"),
                arguments("/api/rooms", "{\"name\":\"n\",\"id\":true}", 400, "malformed-json"),
                arguments(messages, "{\"sender\":5,\"message\":\"m\"}", 400, "malformed-json"),
                arguments(messages, "{\"sender\":\"s\",\"message\":1.5}", 400, "malformed-json"),
                arguments("/api/rooms", "{\"name\":\"\\u2060\\uFEFF\"}", 400, "invalid-room-name"),
                arguments("/api/rooms", "{\"name\":\" \"}", 400, "invalid-room-name"),
                arguments("/api/rooms", "{\"name\":\"" + "n".repeat(81) + "\"}", 400, "invalid-room-name"),
                arguments("/api/rooms", "{\"name\":\"a\\u0007b\"}", 400, "invalid-room-name"),
                arguments("/api/rooms", "{\"name\":\"n\",\"id\":\"\"}", 400, "invalid-room-id"),
                arguments("/api/rooms", "{\"name\":\"n\",\"id\":\"a b\"}", 400, "invalid-room-id"),
                arguments("/api/rooms", "{\"name\":\"n\",\"id\":\"taken\"}", 409, "room-exists"),
                arguments("/api/rooms", "{\"name\":\"" + "n".repeat(300_000) + "\"}", 413, "body-too-large"),
                arguments(messages, "{\"sender\":\"s\"}", 400, "empty-text"),
                arguments(messages, "{\"message\":\"m\"}", 400, "invalid-sender"),
                arguments(messages, talk("\\u0007", "m"), 400, "invalid-sender"),
                arguments(messages, talk("s", "m".repeat(16_385)), 413, "text-too-long"),
                arguments(
                        messages,
                        "{\"sender\":\"s\",\"message\":\"m\",\"clientMessageId\":\"가\"}",
                        400,
                        "invalid-client-message-id"),
                arguments("/api/rooms/a%20b/messages", talk("s", "m"), 400, "invalid-room-id"));
    }

    @ParameterizedTest
    @MethodSource("badWrites")
    void refusesBadRequests(String path, String body, int status, String title) {
        assertProblem(server.post(path, body), status, title);
    }

    @Test
    void refusesMethodsAndTypesThatItDoesNotKnow() {
        HttpAnswer delete = server.answer(server.request("/api/rooms").DELETE().build());
        assertProblem(delete, 405, "method-not-allowed");
        assertThat(delete.header("Allow")).contains("GET").contains("POST");
        HttpRequest form = server.request("/api/rooms")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=n"))
                .build();
        assertProblem(server.answer(form), 415, "unsupported-media-type");
    }

    private void assertPage(String query, List<Integer> offsets, boolean before, boolean after) {
        JsonNode page = server.get(messages + query).json();
        assertThat(page.path("messages")
                        .valueStream()
                        .map(message -> message.path("offset").asInt()))
                .isEqualTo(offsets);
        assertThat(page.path("more")).hasToString("{\"before\":" + before + ",\"after\":" + after + "}");
    }

    private static void assertProblem(HttpAnswer answer, int status, String title) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.propertyNames()).containsExactly("type", "title", "status", "code", "detail");
        assertThat(problem.path("type").asString()).isEqualTo("urn:maru:fault:" + title);
        assertThat(problem.path("title").asString()).isEqualTo(title);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asInt()).isGreaterThan(4000);
        assertThat(problem.path("detail").asString()).isNotBlank();
    }

    private static String talk(String sender, String text) {
        return "{\"sender\":\"" + sender + "\",\"message\":\"" + text + "\"}";
    }
}
