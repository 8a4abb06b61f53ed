package dev.maru.server.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers in one JVM, as an application's tests may have them. */
class TwoServersIT {

    @Test
    void oneGoesOnWhenTheOtherCloses(@TempDir Path data) {
        try (RunningServer first = RunningServer.start(data.resolve("first"));
                RunningServer second = RunningServer.start(data.resolve("second"));
                StompClient before = second.connect()) {
            before.subscribed("stream", "/topic/public/tea");
            first.close();
            try (StompClient after = second.connect()) {
                after.sent("/app/chat/sendMessage", "{\"roomId\":\"tea\",\"sender\":\"Jane\",\"message\":\"hello\"}");
            }
            assertThat(before.message("stream").text("message")).isEqualTo("hello");
        }
    }
}
