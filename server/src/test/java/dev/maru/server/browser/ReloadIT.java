package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.maru.server.support.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reload: the same room, the same messages, the same half-written text, and nothing that others notice. */
@InChromium
class ReloadIT {

    @Test
    void bringsBackEverythingAndDisturbsNobody(Browsers browsers, @TempDir Path data) {
        try (ServerProcess server = ServerProcess.start(data, "--maru.presence.grace=60s")) {
            Room room = Room.named(server, "Kitchen");
            Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
            Person jane = Person.enters(browsers.page(Look.DESKTOP), room, "Jane");
            minsu.says("before");
            jane.sees("before");
            minsu.composer().fill("half a sen");

            minsu.page().reload();
            minsu.isConnected();
            assertThat(minsu.page()).hasURL(room.address());
            minsu.sees("before");
            assertThat(minsu.composer()).hasValue("half a sen");
            assertThat(minsu.people()).hasText("2 here together");

            minsu.says("half a sentence");
            jane.sees("before", "half a sentence");
            assertThat(jane.notes()).hasCount(0);
            minsu.page().reload();
            minsu.sees("before", "half a sentence");
            assertThat(minsu.composer()).hasValue("");
            assertThat(minsu.notes()).hasCount(0);
        }
    }
}
