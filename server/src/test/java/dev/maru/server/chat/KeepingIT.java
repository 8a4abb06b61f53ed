package dev.maru.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import dev.maru.testkit.EventStreamClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that keeps messages for a second, as its clients see it. */
class KeepingIT {
    private static final String TALK = "{\"sender\":\"Jane\",\"message\":\"hello\",\"clientMessageId\":\"c-%d\"}";

    @Test
    void tellsClientsPlainlyThatHistoryBeginsLater(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data, "--maru.history.keep=1s");
                StompClient client = server.connect()) {
            client.subscribed("early", "/topic/public/tea");
            String last = "";
            for (int i = 1; i <= 3; i++) {
                last = String.valueOf(
                        client.sent("/app/chat/message/tea", TALK.formatted(i)).header("position"));
            }
            String epoch = last.split("-", 2)[0];
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> page(server).path("oldest").asLong() == 4);

            assertThat(page(server).path("messages")).isEmpty();
            assertThat(server.get("/api/search?q=hello")
                            .json()
                            .path("archivedBefore")
                            .asString())
                    .startsWith("20");
            for (String destination : List.of("/topic/public/tea", "/topic/rooms/tea")) {
                StompMessage late = client.subscribed(destination, destination, "since:" + epoch + "-1", "last:50");
                assertThat(late.header("recovered")).isEqualTo("false");
                assertThat(late.header("position")).isEqualTo(last);
                client.frame("UNSUBSCRIBE\nid:" + destination, "");
            }
            assertThat(client.subscribed("now", "/topic/public/tea", "since:" + last)
                            .header("recovered"))
                    .isEqualTo("true");
            assertThat(client.sent("/app/chat/message/tea", TALK.formatted(1)).header("position"))
                    .isEqualTo(epoch + "-4");
            assertThat(client.message("now").header("message-id")).isEqualTo(epoch + "-4");
            URI stream = server.request("/sse?destination=/topic/public/tea&since=" + epoch + "-1")
                    .build()
                    .uri();
            try (EventStreamClient reader = EventStreamClient.open(stream)) {
                assertThat(reader.next().name()).isEqualTo("reset");
            }
        }
    }

    private static JsonNode page(RunningServer server) {
        return server.get("/api/rooms/tea/messages").json();
    }
}
