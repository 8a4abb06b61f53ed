package dev.maru.chat.archive;

import static dev.maru.chat.store.OpenChat.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.message.PageQuery;
import dev.maru.chat.store.OpenChat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets the process die after each step of moving messages. Whatever it was, each message is afterwards in exactly one of
 * the database and the part of the archive that counts, and once it has gone on, in the archive's files just once.
 */
final class ArchiveCrashTest {

    private static final int MESSAGES = 3 * ArchiveBatch.MOST_MESSAGES;
    private static final Instant THEN = Instant.parse("2026-11-02T08:00:00Z");
    private static final Instant LATER = THEN.plusSeconds(1);

    @TempDir
    private Path folder;

    @Test
    void losesAndDoublesNothingWhereverTheProcessDies() throws Exception {
        try (OpenChat chat = open(folder)) {
            LongStream.rangeClosed(1, MESSAGES)
                    .mapToObj(i -> chat.store().messages().talk(OpenChat.text("tea", "m" + i)))
                    .toList()
                    .forEach(OpenChat::await);
            await(chat.store().search().catchUp());
        }
        for (Death death : Death.values()) {
            die(death);
            try (OpenChat chat = open(folder)) {
                assertThat(offsets(
                                chat,
                                archive().counting(chat, "tea").stream()
                                        .map(line -> line.path("offset").asLong())))
                        .as("after " + death)
                        .isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
            }
        }
        try (OpenChat chat = open(folder)) {
            ArchiveStep step = step(chat, folder);
            while (step.move("tea", LATER)) {
                assertThat(step.heads()).isNotNull();
            }
            assertThat(archive().everything("tea").stream()
                            .map(line -> line.path("offset").asLong()))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        }
    }

    private ArchiveReader archive() {
        return new ArchiveReader(folder.resolve("archive"));
    }

    /** What is in the archive and then in the database. */
    private static List<Long> offsets(OpenChat chat, Stream<Long> archived) {
        List<Long> offsets = new ArrayList<>(archived.toList());
        long after = 0;
        List<ChatMessage> page;
        do {
            page = await(chat.store().messages().page(new PageQuery("tea", null, after, 200, null, null, null)))
                    .messages();
            page.forEach(message -> offsets.add(message.offset()));
            after = offsets.getLast();
        } while (!page.isEmpty());
        return offsets;
    }

    private void die(Death death) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        death.name())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(Victim.DIED);
        } finally {
            process.destroyForcibly();
        }
    }

    private static OpenChat open(Path folder) {
        return OpenChat.in(folder, ChatLimits.defaults(), InstantSource.fixed(THEN));
    }

    private static ArchiveStep step(OpenChat chat, Path folder) {
        return new ArchiveStep(chat.database(), chat.store().rooms().heads(), folder.resolve("archive"));
    }

    /** After which step. */
    enum Death {
        AFTER_A_WHOLE_STEP,
        AFTER_READING,
        IN_THE_MIDDLE_OF_APPENDING,
        AFTER_APPENDING
    }

    /** The process that dies: without closing anything, as by SIGKILL. */
    static final class Victim {

        static final int DIED = 77;

        private Victim() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            ArchiveStep step = step(open(folder), folder);
            ArchiveBatch batch = step.read("tea", LATER).orElseThrow();
            switch (Death.valueOf(arguments[1])) {
                case AFTER_A_WHOLE_STEP -> step.delete(batch, step.append(batch), LATER);
                case AFTER_READING -> {}
                case IN_THE_MIDDLE_OF_APPENDING -> {
                    step.append(batch);
                    cut(folder, batch);
                }
                case AFTER_APPENDING -> step.append(batch);
            }
            Runtime.getRuntime().halt(DIED);
        }

        /** Leaves half of what was appended. */
        private static void cut(Path folder, ArchiveBatch batch) throws IOException {
            Path file = ArchiveFile.of(folder.resolve("archive"), batch.room(), batch.month())
                    .path();
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate((batch.counting() + channel.size()) / 2);
            }
        }
    }
}
