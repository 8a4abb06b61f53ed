package dev.maru.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart of the server leaves behind: nothing that anybody would notice. */
class RestartIT {
    private static final String JOIN = "{\"sender\":\"민수\"}";

    @Test
    void keepsMessagesPositionsAndPeople(@TempDir Path data) {
        String position;
        try (RunningServer server = RunningServer.start(data)) {
            StompClient minsu = server.connect();
            minsu.sent("/app/chat/addUser", JOIN);
            position = minsu.sent("/app/chat/sendMessage", "{\"sender\":\"민수\",\"message\":\"before\"}")
                    .header("position");
        }
        try (RunningServer server = RunningServer.start(data);
                StompClient jane = server.connect();
                StompClient minsu = server.connect()) {
            StompMessage receipt = jane.subscribed("room", "/topic/public", "since:" + position);
            assertThat(receipt.header("recovered")).isEqualTo("true");
            assertThat(receipt.header("position")).isEqualTo(position);
            assertThat(server.get("/api/rooms/lobby/presence").body()).contains("[\"민수\"]");

            minsu.subscribed("room", "/topic/public");
            minsu.sent("/app/chat/addUser", JOIN);

            assertThat(minsu.message("room").text("type")).isEqualTo("JOIN");
            jane.settle();
            assertThat(jane.leftOver("room")).isEmpty();
            assertThat(server.get("/api/search?q=before")
                            .json()
                            .path("messages")
                            .size())
                    .isEqualTo(1);
        }
    }

    @Test
    void tellsThatSomebodyWhoDidNotComeBackIsGone(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data)) {
            server.connect().sent("/app/chat/addUser", JOIN);
        }
        try (RunningServer server = RunningServer.start(data, "--maru.presence.away-after-restart=2s");
                StompClient jane = server.connect()) {
            jane.subscribed("room", "/topic/public");
            assertThat(jane.message("room").text("type")).isEqualTo("LEAVE");
            assertThat(server.get("/api/rooms/lobby/presence").body()).contains("[]");
        }
    }
}
