package dev.maru.chat.store;

import static dev.maru.chat.store.OpenChat.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.chat.message.Author;
import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.message.MessagePage;
import dev.maru.chat.message.PageQuery;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.search.SearchQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashTest {

    private static final int CRASHES = 3;
    private static final int ACKNOWLEDGED_BEFORE_A_CRASH = 300;

    @TempDir
    private Path folder;

    @Test
    void keepsEveryAcknowledgedMessageOnceAndInOrderWhenTheProcessIsKilled() throws Exception {
        Map<String, Long> acknowledged = new HashMap<>();
        for (int crash = 0; crash < CRASHES; crash++) {
            runAndKill("run" + crash, acknowledged);
        }

        try (OpenChat chat = OpenChat.in(folder)) {
            List<ChatMessage> stored = readAll(chat);
            Map<String, Long> places = new HashMap<>();
            stored.forEach(message -> places.put(message.text(), message.offset()));

            assertThat(stored.stream().map(ChatMessage::offset))
                    .isEqualTo(LongStream.rangeClosed(1, stored.size()).boxed().toList());
            assertThat(places).hasSameSizeAs(stored).containsAllEntriesOf(acknowledged);
            await(chat.store().search().catchUp());
            assertThat(await(chat.store()
                                    .search()
                                    .find(SearchQuery.of(stored.getLast().text(), 10)))
                            .messages())
                    .contains(stored.getLast());
        }
    }

    private void runAndKill(String name, Map<String, Long> acknowledged) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader answers = process.inputReader()) {
            readUntilKilled(process, answers, acknowledged);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void readUntilKilled(Process process, BufferedReader answers, Map<String, Long> acknowledged)
            throws IOException {
        int read = 0;
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            String[] parts = line.split("=", -1);
            if (parts.length == 2 && parts[1].endsWith(";")) {
                acknowledged.put(parts[0], Long.parseLong(parts[1].replace(";", "")));
            }
            if (++read == ACKNOWLEDGED_BEFORE_A_CRASH) {
                process.toHandle().destroyForcibly();
            }
        }
        assertThat(read).isGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_A_CRASH);
    }

    private static List<ChatMessage> readAll(OpenChat chat) {
        List<ChatMessage> all = new ArrayList<>();
        boolean more = true;
        while (more) {
            MessagePage page = await(chat.store()
                    .messages()
                    .page(new PageQuery("lobby", null, (long) all.size(), 200, null, null, null)));
            all.addAll(page.messages());
            more = page.moreAfter();
        }
        return all;
    }

    /** The process that is killed: sends for as long as it lives, and prints what was acknowledged. */
    static final class Victim {

        private static final int UNANSWERED = 50;

        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            OpenChat chat = OpenChat.in(Path.of(arguments[0]));
            Semaphore window = new Semaphore(UNANSWERED);
            for (int i = 0; ; i++) {
                window.acquire();
                String text = arguments[1] + " " + i;
                chat.store()
                        .messages()
                        .talk(new TalkRequest("lobby", Author.guest("victim"), text, text))
                        .thenAccept(talked -> {
                            System.out.println(text + "=" + talked.message().offset() + ";");
                            window.release();
                        });
            }
        }
    }
}
