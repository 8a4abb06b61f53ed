package dev.maru.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.JarCommand;
import dev.maru.server.support.ServerProcess;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands of the packaged jar beside a server that stores and archives messages all the time: whatever moves while
 * the backup is made, each message that was receipted before is in it once.
 */
class CommandsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int UNANSWERED = 100;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void keepsWhatWasReceiptedBeforeTheBackupThatIsMadeUnderLoad() throws Exception {
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup.zip");
        Path restored = folder.resolve("restored");
        String position;
        int before;
        try (ServerProcess server = ServerProcess.start(data, "--maru.history.keep=1s");
                Talker talker = new Talker(StompClient.connect(http, server.port()))) {
            talker.awaitReceipts(500);
            Awaitility.await().until(() -> Files.exists(data.resolve("archive/load")));
            position = talker.lastPosition();
            before = talker.receipts();
            succeeds(JarCommand.run(Map.of("MARU_DATA_DIR", data.toString()), "backup", backup.toString()));
            talker.awaitReceipts(talker.receipts() + 500);

            JarCommand inUse = JarCommand.run("restore", backup.toString(), "--replace", "--maru.data-dir=" + data);
            assertThat(inUse.exitCode()).isOne();
            assertThat(inUse.output()).contains("in use by another process").hasLineCount(1);
            succeeds(JarCommand.run("export", folder.resolve("live").toString(), "--maru.data-dir=" + data));
        }
        succeeds(JarCommand.run("restore", backup.toString(), "--maru.data-dir=" + restored));
        succeeds(JarCommand.run("export", folder.resolve("lines").toString(), "--maru.data-dir=" + restored));

        assertThat(gaplessMessages(folder.resolve("live"))).isGreaterThanOrEqualTo(before + 500);
        int kept = gaplessMessages(folder.resolve("lines"));
        assertThat(kept).isGreaterThanOrEqualTo(before);
        tellsClientsToReload(restored, position, kept);
    }

    private void tellsClientsToReload(Path restored, String position, int kept) {
        try (ServerProcess server = ServerProcess.start(restored);
                StompClient client = StompClient.connect(http, server.port())) {
            StompMessage receipt = client.subscribed("s", "/topic/public/load", "since:" + position);
            assertThat(receipt.header("recovered")).isEqualTo("false");
            assertThat(receipt.header("head")).endsWith("-" + kept).doesNotStartWith(position.split("-", 2)[0]);
            String next = client.sent("/app/chat/message/load", "{\"sender\":\"talker\",\"message\":\"again\"}")
                    .header("position");
            assertThat(next).endsWith("-" + (kept + 1));
        }
    }

    private static void succeeds(JarCommand command) {
        assertThat(command.exitCode()).as(command.output()).isZero();
        assertThat(command.output()).hasLineCount(1);
    }

    /** How many messages the export has of the room; message number n must stand at offset n. */
    private static int gaplessMessages(Path lines) throws IOException {
        List<JsonNode> messages = Files.readAllLines(lines.resolve("messages/load.jsonl")).stream()
                .map(JSON::readTree)
                .toList();
        assertThat(messages.stream().map(line -> line.path("offset").asLong()))
                .isEqualTo(LongStream.rangeClosed(1, messages.size()).boxed().toList());
        assertThat(messages.stream()
                        .map(line -> Long.parseLong(line.path("message").asString())))
                .isEqualTo(LongStream.rangeClosed(1, messages.size()).boxed().toList());
        return messages.size();
    }

    /** Sends with receipts as fast as it is answered, on a thread of its own, until it is closed. */
    private static final class Talker implements AutoCloseable {
        private final StompClient client;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread;
        private volatile int receipts;
        private volatile String lastPosition = "";

        Talker(StompClient client) {
            this.client = client;
            this.thread = Thread.ofPlatform().daemon().start(this::talk);
        }

        int receipts() {
            return receipts;
        }

        String lastPosition() {
            return lastPosition;
        }

        void awaitReceipts(int many) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> receipts >= many);
        }

        @Override
        public void close() throws InterruptedException {
            ended.set(true);
            thread.join(Duration.ofSeconds(30));
        }

        private void talk() {
            for (int sent = 0; !ended.get(); ) {
                while (sent - receipts < UNANSWERED) {
                    client.frame(
                            "SEND\ndestination:/app/chat/message/load\nreceipt:" + ++sent,
                            "{\"sender\":\"talker\",\"message\":\"%d\"}".formatted(sent));
                }
                StompMessage receipt = client.await("RECEIPT", message -> true);
                lastPosition = String.valueOf(receipt.header("position"));
                receipts++;
            }
        }
    }
}
