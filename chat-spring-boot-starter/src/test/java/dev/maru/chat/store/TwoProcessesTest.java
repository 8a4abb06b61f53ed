package dev.maru.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.message.PageQuery;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.message.Talked;
import dev.maru.chat.moderation.HeldMessages;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
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

    @Test
    void storeOnceWhatBothGetAtTheSameTime() {
        try (OpenChat one = OpenChat.in(folder);
                OpenChat other = OpenChat.in(folder)) {
            List<CompletionStage<Talked>> talks = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                TalkRequest request = OpenChat.text(ROOMS.get(i % ROOMS.size()), "text " + i, "id-" + i);
                talks.add(one.store().messages().talk(request));
                talks.add(other.store().messages().talk(request));
            }
            for (int i = 0; i < talks.size(); i += 2) {
                Talked here = OpenChat.await(talks.get(i));
                Talked there = OpenChat.await(talks.get(i + 1));
                assertThat(here.message().id()).isEqualTo(there.message().id());
                assertThat(here.repeated()).isNotEqualTo(there.repeated());
            }
            long all = ROOMS.stream().mapToLong(room -> offsetsOf(one, room)).sum();
            assertThat(all).isEqualTo(MESSAGES);
        }
    }

    @Test
    void neverWaitForEachOtherInACircle() {
        try (OpenChat one = OpenChat.in(folder);
                OpenChat other = OpenChat.in(folder)) {
            List<CompletionStage<?>> stages = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                String up = "new-" + i / 4 % 50;
                String down = "new-" + (49 - i / 4 % 50);
                stages.add(one.store().messages().talk(OpenChat.text(up, "up " + i)));
                stages.add(other.store().messages().talk(OpenChat.text(down, "down " + i)));
                stages.add(one.store().rooms().rename("lobby", "Lobby " + i));
                stages.add(other.store().rooms().rename("lobby", "Hall " + i));
            }
            stages.forEach(OpenChat::await);

            long deadlocks = OpenChat.await(one.database()
                    .readers()
                    .read(sql -> sql.first(
                                    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
                                    row -> row.getLong(1))
                            .orElseThrow()));
            assertThat(deadlocks).isZero();
        }
    }

    @Test
    void knowAtOnceWhereTheRoomsOfTheOtherStand() {
        try (OpenChat one = OpenChat.in(folder);
                OpenChat other = OpenChat.in(folder)) {
            for (int i = 1; i <= 50; i++) {
                long offset = one.talk("lobby", "text " + i).message().offset();
                assertThat(OpenChat.await(other.store().classicLog().head("/topic/public/lobby"))
                                .position()
                                .offset())
                        .isEqualTo(offset);
            }
            assertThat(OpenChat.await(other.store()
                                    .classicLog()
                                    .heads(Set.of("/topic/public/lobby", "/topic/public/none")))
                            .values())
                    .extracting(head -> head.position().offset())
                    .containsExactlyInAnyOrder(50L, 0L);
        }
    }

    @Test
    void releaseAHeldMessageOnce() {
        try (OpenChat one = OpenChat.in(folder);
                OpenChat other = OpenChat.in(folder)) {
            HeldMessages here = held(one);
            HeldMessages there = held(other);
            for (int i = 0; i < 50; i++) {
                UUID id = OpenChat.await(here.hold(OpenChat.text("lobby", "text"), "to be read"))
                        .held()
                        .id();
                var released = List.of(here.release(id), there.release(id), here.release(id), there.release(id));
                assertThat(released.stream().map(OpenChat::await).filter(Optional::isPresent))
                        .hasSize(1);
            }
            assertThat(offsetsOf(one, "lobby")).isEqualTo(50);
        }
    }

    private static HeldMessages held(OpenChat chat) {
        return new HeldMessages(
                chat.database(), chat.store().messages(), ChatLimits.defaults(), InstantSource.system());
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
