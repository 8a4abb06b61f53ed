package dev.maru.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a RECEIPT and a repeat mean, over STOMP and HTTP alike. */
class ReceiptIT {
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
    void saysWhereTheMessageStands() {
        try (StompClient client = server.connect()) {
            assertThat(client.sent("/app/chat/message/" + room, talk("one", "1"))
                            .header("position"))
                    .endsWith("-1");
            assertThat(client.sent("/app/chat/message/" + room, talk("two", "2"))
                            .header("position"))
                    .endsWith("-2");
            assertThat(offsets()).isEqualTo("[1, 2]");
        }
    }

    @Test
    void answersARepeatWithTheFirstPositionAndStoresNothing() {
        try (StompClient client = server.connect()) {
            StompMessage first = client.sent("/app/chat/message/" + room, talk("one", "1"));
            client.sent("/app/chat/message/" + room, talk("two", "2"));
            StompMessage repeat = client.sent("/app/chat/message/" + room, talk("one", "1"));
            assertThat(repeat.header("position")).isEqualTo(first.header("position"));
            assertThat(offsets()).isEqualTo("[1, 2]");
        }
    }

    @Test
    void knowsARepeatThatCameByAnotherWay() {
        String path = "/api/rooms/" + room + "/messages";
        try (StompClient client = server.connect()) {
            client.sent("/app/chat/message/" + room, talk("one", "1"));

            HttpAnswer repeat = server.post(path, talk("one", "1"));
            HttpAnswer conflict = server.post(path, talk("another", "1"));
            HttpAnswer fresh = server.post(path, talk("two", "2"));

            assertThat(repeat.status()).isEqualTo(200);
            assertThat(repeat.json().path("offset").asInt()).isEqualTo(1);
            assertThat(conflict.status()).isEqualTo(409);
            assertThat(conflict.json().path("code").asInt()).isEqualTo(4021);
            assertThat(fresh.status()).isEqualTo(201);
            assertThat(client.sent("/app/chat/message/" + room, talk("two", "2"))
                            .header("position"))
                    .endsWith("-2");
            assertThat(offsets()).isEqualTo("[1, 2]");
        }
    }

    @Test
    void givesWhatWasMissedAfterAReconnectAndNothingTwice() {
        String stream = "/topic/rooms/" + room;
        StompClient reader = server.connect();
        reader.subscribed("sub", stream);
        String position;
        try (StompClient writer = server.connect()) {
            writer.sent("/app/chat/message/" + room, talk("one", "1"));
            position = reader.message("sub").header("message-id");
            reader.abort();
            writer.sent("/app/chat/message/" + room, talk("two", "2"));
            writer.sent("/app/chat/message/" + room, talk("three", "3"));

            try (StompClient again = server.connect()) {
                StompMessage receipt = again.subscribed("sub", stream, "since:" + position);
                assertThat(receipt.header("recovered")).isEqualTo("true");
                writer.sent("/app/chat/message/" + room, talk("four", "4"));
                for (String expected : new String[] {"two", "three", "four"}) {
                    StompMessage event = again.message("sub");
                    assertThat(event.text("kind")).isEqualTo("TALK");
                    assertThat(event.json().path("message").path("message").asString())
                            .isEqualTo(expected);
                }
                again.settle();
                assertThat(again.leftOver("sub")).isEmpty();
            }
        }
    }

    private String offsets() {
        return server.get("/api/rooms/" + room + "/messages")
                .json()
                .path("messages")
                .valueStream()
                .map(message -> message.path("offset").asInt())
                .toList()
                .toString();
    }

    private static String talk(String text, String id) {
        return "{\"sender\":\"ss\",\"message\":\"" + text + "\",\"clientMessageId\":\"" + id + "\"}";
    }
}
