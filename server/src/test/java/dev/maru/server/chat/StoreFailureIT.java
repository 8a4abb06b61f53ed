package dev.maru.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.store.jdbc.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told when the thread that stores has ended. */
class StoreFailureIT {
    private static final String HELLO = "{\"sender\":\"Jane\",\"message\":\"hello\"}";

    @Test
    void saysThatItIsDownAndRefusesWhenNothingCanBeStoredAnyMore(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data);
                StompClient client = server.connect()) {
            client.subscribed("errors", "/user/queue/errors");
            assertThat(server.get("/actuator/health").status()).isEqualTo(200);

            server.bean("maruChatDatabase", Database.class).writer().submit(_ -> {
                throw new StackOverflowError("in a write");
            });

            await().untilAsserted(() ->
                    assertThat(server.get("/actuator/health/liveness").status()).isEqualTo(503));
            assertThat(server.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(server.get("/actuator/health").status()).isEqualTo(503);
            HttpAnswer refused = server.post("/api/rooms/lobby/messages", HELLO);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().path("title").asString()).isEqualTo("unavailable");
            client.frame("SEND\nreceipt:mine\ndestination:/app/chat/sendMessage", HELLO);
            assertThat(client.message("errors").header("message")).isEqualTo("unavailable");
        }
    }
}
