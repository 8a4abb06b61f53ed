package dev.maru.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.message.PageQuery;
import dev.maru.chat.message.Talked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two writers at one PostgreSQL, as two processes would be. */
@ExtendWith(OnPostgres.class)
final class TwoProcessesTest {

    private static final int MESSAGES = 600;
    private static final List<String> ROOMS = List.of("lobby", "a", "b", "c");

    @TempDir
    private Path folder;

    @Test
    void giveTheMessagesOfARoomGaplessOffsetsTogether() {
        try (OpenChat one = OpenChat.in(folder);
                OpenChat other = OpenChat.in(folder)) {
            Random random = new Random(7);
            List<CompletionStage<Talked>> talks = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                OpenChat process = i % 2 == 0 ? one : other;
                String room = ROOMS.get(random.nextInt(ROOMS.size()));
                talks.add(process.store().messages().talk(OpenChat.text(room, "text " + i, "id-" + i)));
            }
            talks.forEach(OpenChat::await);

            long all = ROOMS.stream().mapToLong(room -> offsetsOf(other, room)).sum();
            assertThat(all).isEqualTo(MESSAGES);
        }
    }

    @Test
    void recogniseEachOthersRepeats() {
        try (OpenChat one = OpenChat.in(folder);
                OpenChat other = OpenChat.in(folder)) {
            Talked first = one.talk(OpenChat.text("lobby", "once", "same"));
            Talked second = other.talk(OpenChat.text("lobby", "once", "same"));

            assertThat(second.repeated()).isTrue();
            assertThat(second.position()).isEqualTo(first.position());
        }
    }

    private static long offsetsOf(OpenChat chat, String room) {
        List<Long> offsets = new ArrayList<>();
        boolean more = true;
        while (more) {
            var page = OpenChat.await(chat.store()
                    .messages()
                    .page(new PageQuery(room, null, (long) offsets.size(), 200, null, null, null)));
            page.messages().stream().map(ChatMessage::offset).forEach(offsets::add);
            more = page.moreAfter();
        }
        assertThat(offsets)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, offsets.size()).boxed().toList());
        return offsets.size();
    }
}
