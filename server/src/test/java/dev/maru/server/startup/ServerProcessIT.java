package dev.maru.server.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.ServerProcess;
import dev.maru.server.support.StompClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged server starts, refuses to start, and stops. */
class ServerProcessIT {

    @Test
    void saysOnOneLineWhereToOpenTheBrowserAndStopsWhenAsked(@TempDir Path folder) {
        Path data = folder.resolve("new/data");
        try (ServerProcess server = ServerProcess.start(data)) {
            int port = server.port();
            StompClient client = StompClient.connect(HttpClient.newHttpClient(), port);

            server.terminate();

            assertThat(client.closeCode()).isEqualTo(1012);
            assertThat(server.exitCode()).isEqualTo(143);
            assertThat(server.output().lines())
                    .singleElement()
                    .asString()
                    .contains("http://localhost:" + port)
                    .contains("--maru.access=open")
                    .contains(data.toString());
            assertThat(data.resolve("maru.db")).exists();
        }
    }

    @Test
    void saysOnOneLineWhyItCannotStart(@TempDir Path data) throws IOException {
        Path file = Files.createFile(data.resolve("file"));
        try (ServerProcess running = ServerProcess.start(data)) {
            int port = running.port();
            assertRefusal(ServerProcess.start(data), "used", "--maru.data-dir=");
            assertRefusal(
                    ServerProcess.start(data.resolve("other"), "--server.port=" + port),
                    "port " + port + " is taken",
                    "--server.port=");
        }
        assertRefusal(ServerProcess.start(file), file.toString(), "--maru.data-dir=");
        assertRefusal(ServerProcess.start(data, "--maru.access=everybody"), "maru.access", "open", "accounts");
    }

    private static void assertRefusal(ServerProcess process, String... words) {
        try (process) {
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.output().lines())
                    .singleElement()
                    .asString()
                    .contains("Maru did not start: ")
                    .contains(words);
        }
    }
}
