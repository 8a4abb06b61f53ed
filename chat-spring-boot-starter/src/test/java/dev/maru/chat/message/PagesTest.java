package dev.maru.chat.message;

import static dev.maru.chat.store.OpenChat.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.store.OpenChat;
import dev.maru.engine.fault.Refusal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class PagesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    private Path folder;

    private OpenChat chat;

    @BeforeEach
    void open() {
        chat = OpenChat.in(folder, ChatLimits.defaults(), InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void pagesBackwardsToTheFirstMessage() {
        talkUpTo(25);

        MessagePage newest = page(PageQuery.newest("lobby", 10));
        MessagePage middle = page(before(16));
        MessagePage oldest = page(before(6));

        assertThat(offsets(newest)).isEqualTo(range(16, 25));
        assertThat(newest.moreBefore()).isTrue();
        assertThat(newest.moreAfter()).isFalse();
        assertThat(offsets(middle)).isEqualTo(range(6, 15));
        assertThat(middle.moreBefore()).isTrue();
        assertThat(middle.moreAfter()).isTrue();
        assertThat(offsets(oldest)).isEqualTo(range(1, 5));
        assertThat(oldest.moreBefore()).isFalse();
        assertThat(oldest.moreAfter()).isTrue();
    }

    @Test
    void pagesForwardsToTheLastMessage() {
        talkUpTo(25);

        MessagePage first = page(after(0));
        MessagePage second = page(after(10));
        MessagePage last = page(after(20));

        assertThat(offsets(first)).isEqualTo(range(1, 10));
        assertThat(first.moreBefore()).isFalse();
        assertThat(first.moreAfter()).isTrue();
        assertThat(offsets(second)).isEqualTo(range(11, 20));
        assertThat(second.moreBefore()).isTrue();
        assertThat(second.moreAfter()).isTrue();
        assertThat(offsets(last)).isEqualTo(range(21, 25));
        assertThat(last.moreBefore()).isTrue();
        assertThat(last.moreAfter()).isFalse();
    }

    @Test
    void pagesBetweenTwoOffsets() {
        talkUpTo(25);

        MessagePage page = page(new PageQuery("lobby", 15L, 10L, 10, null, null, null));

        assertThat(offsets(page)).isEqualTo(range(11, 14));
        assertThat(page.moreBefore()).isTrue();
        assertThat(page.moreAfter()).isTrue();
    }

    @Test
    void pagesOfOneSenderOnly() {
        talkUpTo(3);
        chat.talk(new TalkRequest("lobby", Author.guest("Jane"), "hers", null));
        talkUpTo(3);

        MessagePage page = page(new PageQuery("lobby", null, null, 10, " Jane ", null, null));

        assertThat(offsets(page)).containsExactly(4L);
        assertThat(page.moreBefore()).isFalse();
    }

    @Test
    void pagesOfATimeOnly() {
        talkUpTo(3);

        assertThat(offsets(page(new PageQuery("lobby", null, null, 10, null, NOW, NOW.plusMillis(1)))))
                .isEqualTo(range(1, 3));
        assertThat(offsets(page(new PageQuery("lobby", null, null, 10, null, NOW.plusMillis(1), null))))
                .isEmpty();
        assertThat(offsets(page(new PageQuery("lobby", null, null, 10, null, null, NOW))))
                .isEmpty();
    }

    @Test
    void refusesAPageOfAnUnknownRoomOrWithABadLimit() {
        assertRefused(chat.store().messages().page(PageQuery.newest("nowhere", 10)), ChatFault.UNKNOWN_ROOM);
        assertRefused(chat.store().messages().page(PageQuery.newest("no room", 10)), ChatFault.INVALID_ROOM_ID);
        assertRefused(chat.store().messages().page(PageQuery.newest("lobby", 0)), ChatFault.INVALID_QUERY);
        assertRefused(chat.store().messages().page(PageQuery.newest("lobby", 201)), ChatFault.INVALID_QUERY);
    }

    private void talkUpTo(int count) {
        for (int i = 1; i <= count; i++) {
            chat.talk("lobby", "text " + i);
        }
    }

    private static PageQuery before(long offset) {
        return new PageQuery("lobby", offset, null, 10, null, null, null);
    }

    private static PageQuery after(long offset) {
        return new PageQuery("lobby", null, offset, 10, null, null, null);
    }

    private MessagePage page(PageQuery query) {
        return await(chat.store().messages().page(query));
    }

    private static List<Long> offsets(MessagePage page) {
        return page.messages().stream().map(ChatMessage::offset).toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static void assertRefused(CompletionStage<?> stage, ChatFault fault) {
        assertThatThrownBy(() -> await(stage))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }
}
