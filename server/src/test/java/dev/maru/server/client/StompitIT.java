package dev.maru.server.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.maru.server.support.RunningServer;
import dev.maru.spring.tcp.TcpPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** stompit, a client of Node's, over TCP: a queue with NACK and ACK, a transaction, bytes that are no text. */
class StompitIT {
    private static final String PACKAGE = "stompit@1.0.0";
    private static final String[] OPTIONS = {
        "--maru.stomp.tcp.port=0",
        "--maru.rules[0].destination=/queue/jobs",
        "--maru.rules[0].access=permit",
        "--maru.rules[1].destination=/topic/news",
        "--maru.rules[1].access=permit"
    };

    @Test
    void worksThroughAQueueAndATopic(@TempDir Path folder) throws IOException {
        assumeTrue(hasNode(), "needs Node and npm, which are not installed");
        run(folder, "npm", "install", "--no-save", "--silent", PACKAGE);
        Path script = folder.resolve("stompit.js");
        try (var source = Objects.requireNonNull(StompitIT.class.getResourceAsStream("/clients/stompit.js"))) {
            Files.copy(source, script);
        }
        try (RunningServer server = RunningServer.start(folder.resolve("data"), OPTIONS)) {
            int port = Objects.requireNonNull(
                            server.bean("tcpPort", TcpPort.class).address())
                    .getPort();

            assertThat(run(folder, "node", script.toString(), Integer.toString(port))
                            .lines())
                    .containsExactlyInAnyOrder(
                            "stored",
                            "refused 일하기",
                            "job 일하기 true",
                            "news 0001feff application/octet-stream",
                            "goodbye");
        }
    }

    private static boolean hasNode() {
        boolean there = List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm")));
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("npm is not installed");
        }
        return there;
    }

    private static String run(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
