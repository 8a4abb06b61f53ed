package dev.maru.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.testkit.EventStreamClient;
import dev.maru.testkit.JsonSocketClient;
import dev.maru.testkit.ReceivedEvent;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat for clients that do not speak STOMP. */
class StreamsIT {
    private static final String LOBBY = "/sse?destination=/topic/public";
    private static final String HELLO = "{\"sender\":\"민수\",\"message\":\"안녕\"}";

    @Test
    void carryTheChatToReadersAndJsonClients(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data);
                EventStreamClient reader = EventStreamClient.open(uri(server, LOBBY));
                JsonSocketClient jane = JsonSocketClient.connected(uri(server, "/socket"));
                StompClient minsu = server.connect()) {
            jane.subscribed("room", "/topic/public/lobby");
            String first = minsu.sent("/app/chat/sendMessage", HELLO).header("position");
            assertThat(reader.next())
                    .satisfies(event -> assertThat(event.name()).isEqualTo("message"))
                    .satisfies(event -> assertThat(event.lastEventId()).isEqualTo(first))
                    .satisfies(event -> assertThat(event.data()).contains("\"message\":\"안녕\""));
            assertThat(jane.await("MESSAGE"))
                    .containsEntry("message-id", first)
                    .containsEntry("content-type", "application/json")
                    .hasEntrySatisfying("body", body -> assertThat(body).contains("\"안녕\""));

            jane.send("SEND", "destination", "/app/chat/sendMessage", "receipt", "1")
                    .await("ERROR");
        }
    }

    @Test
    void letNobodyPublishPastTheChat(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data);
                JsonSocketClient jane = JsonSocketClient.connected(uri(server, "/socket"));
                EventStreamClient reader = EventStreamClient.open(uri(server, "/sse?destination=/topic/anything"))) {
            jane.send("SEND", "destination", "/topic/public", "body", HELLO);
            assertThat(jane.await("ERROR")).containsEntry("message", "forbidden");
            assertThat(reader.response().statusCode()).isEqualTo(403);
        }
    }

    @Test
    void goOnAfterARestartWhereTheyStopped(@TempDir Path data) {
        String last;
        try (RunningServer server = RunningServer.start(data);
                EventStreamClient reader = EventStreamClient.open(uri(server, LOBBY));
                StompClient minsu = server.connect()) {
            minsu.sent("/app/chat/sendMessage", HELLO);
            last = reader.next().lastEventId();
            minsu.sent("/app/chat/sendMessage", "{\"sender\":\"민수\",\"message\":\"missed\"}");
        }
        try (RunningServer server = RunningServer.start(data);
                EventStreamClient reader = EventStreamClient.open(uri(server, LOBBY), "Last-Event-ID", last);
                JsonSocketClient jane = JsonSocketClient.connected(uri(server, "/socket"))) {
            ReceivedEvent missed = reader.next();
            assertThat(missed.name()).isEqualTo("message");
            assertThat(missed.data()).contains("missed");
            assertThat(jane.subscribed("room", "/topic/public", "since", last)).containsEntry("recovered", "true");
            assertThat(jane.await("MESSAGE")).containsEntry("message-id", missed.lastEventId());
        }
    }

    @Test
    void takeATicketOnce(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data)) {
            HttpAnswer made = server.post("/api/tickets", "");
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.headers().firstValue("cache-control")).hasValue("no-store");
            String address = LOBBY + "&ticket=" + made.json().path("ticket").asString();

            try (EventStreamClient reader = EventStreamClient.open(uri(server, address));
                    EventStreamClient again = EventStreamClient.open(uri(server, address))) {
                assertThat(reader.response().statusCode()).isEqualTo(200);
                assertThat(again.response().statusCode()).isEqualTo(401);
            }
            assertThat(server.get(address).json().path("code").asInt()).isEqualTo(4060);
        }
    }

    @Test
    void endWithTheServerWithoutAnError(@TempDir Path data) {
        RunningServer server = RunningServer.start(data);
        try (EventStreamClient reader = EventStreamClient.open(uri(server, LOBBY))) {
            await().until(() -> !reader.lastEventId().isEmpty());
            server.close();
            reader.awaitEnd();
            assertThat(reader.waiting()).isZero();
        }
    }

    private static URI uri(RunningServer server, String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }
}
