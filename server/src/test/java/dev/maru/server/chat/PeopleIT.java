package dev.maru.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is in a room, who is typing, and what the list of rooms says of it. */
class PeopleIT {
    private static RunningServer server;

    private final String room = UUID.randomUUID().toString();

    @BeforeAll
    static void start(@TempDir Path data) {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void givesTheWholeSetFirstAndThenItsChanges() {
        try (StompClient jane = server.connect();
                StompClient minsu = server.connect()) {
            jane.sent("/app/chat/addUser", person("Jane"));

            minsu.subscribe("people", "/topic/presence/" + room);
            StompMessage snapshot = minsu.message("people");
            assertThat(snapshot.text("kind")).isEqualTo("snapshot");
            assertThat(people(snapshot)).containsExactly("Jane");

            minsu.sent("/app/chat/addUser", person("민수"));
            StompMessage joined = minsu.message("people");
            assertThat(joined.text("kind")).isEqualTo("joined");
            assertThat(joined.text("person")).isEqualTo("민수");
            assertThat(version(joined)).isGreaterThan(version(snapshot));

            jane.sent("/app/chat/leave", person("Jane"));
            StompMessage left = minsu.message("people");
            assertThat(left.text("kind")).isEqualTo("left");
            assertThat(left.text("person")).isEqualTo("Jane");
            assertThat(version(left)).isGreaterThan(version(joined));

            assertThat(server.get("/api/rooms/" + room + "/presence").json())
                    .hasToString("{\"version\":" + version(left) + ",\"people\":[\"민수\"]}");
        }
    }

    @Test
    void letsOneConnectionJoinABoundedNumberOfTimes() {
        try (StompClient client = server.connect()) {
            client.subscribed("errors", "/user/queue/errors");
            for (int i = 0; i <= 500; i++) {
                client.send("/app/chat/addUser", person("guest" + i));
            }
            assertThat(client.message("errors").header("message")).isEqualTo("too-many-joins");
            client.sent("/app/chat/addUser", person("guest0"));
            client.sent("/app/chat/leave", person("guest0"));
            client.sent("/app/chat/addUser", person("guest500"));
            assertThat(server.get("/api/rooms/" + room + "/presence")
                            .json()
                            .path("people")
                            .size())
                    .isEqualTo(500);
        }
    }

    @Test
    void tellsOfTypingOnceInTwoSeconds() {
        try (StompClient reader = server.connect();
                StompClient typist = server.connect()) {
            reader.subscribed("typing", "/topic/typing/" + room);

            typist.sent("/app/chat/typing", person("민수"));
            typist.sent("/app/chat/typing", person("민수"));

            assertThat(reader.message("typing").body()).isEqualTo(person("민수"));
            reader.settle();
            assertThat(reader.leftOver("typing")).isEmpty();
        }
    }

    @Test
    void tellsTheListOfRoomsOfNewRoomsMessagesAndPeople() {
        try (StompClient reader = server.connect();
                StompClient writer = server.connect()) {
            reader.subscribed("rooms", "/topic/rooms");

            server.post("/api/rooms", "{\"id\":\"" + room + "\",\"name\":\"마루\"}");
            StompMessage created = change(reader, "created");
            assertThat(created.json().path("room").path("name").asString()).isEqualTo("마루");

            writer.sent("/app/chat/addUser", person("민수"));
            assertThat(change(reader, "changed")
                            .json()
                            .path("room")
                            .path("people")
                            .asInt())
                    .isEqualTo(1);

            for (int i = 0; i < 20; i++) {
                writer.sent("/app/chat/message/" + room, "{\"sender\":\"민수\",\"message\":\"" + i + "\"}");
            }
            StompMessage last = reader.await(
                    "MESSAGE",
                    message -> "rooms".equals(message.header("subscription"))
                            && message.json().path("room").path("head").asInt() == 20);
            assertThat(last.text("kind")).isEqualTo("changed");
            assertThat(reader.leftOver("rooms")).hasSizeLessThan(10);
        }
    }

    private StompMessage change(StompClient reader, String kind) {
        return reader.await(
                "MESSAGE",
                message -> "rooms".equals(message.header("subscription"))
                        && kind.equals(message.text("kind"))
                        && room.equals(message.json().path("room").path("id").asString()));
    }

    private String person(String name) {
        return "{\"roomId\":\"" + room + "\",\"sender\":\"" + name + "\"}";
    }

    private static List<String> people(StompMessage snapshot) {
        return snapshot.json()
                .path("people")
                .valueStream()
                .map(person -> person.asString())
                .toList();
    }

    private static long version(StompMessage message) {
        return message.json().path("version").asLong();
    }
}
