package dev.maru.chat.moderation;

import static dev.maru.chat.store.OpenChat.await;
import static dev.maru.chat.store.OpenChat.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.store.OpenChat;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class HeldMessagesTest {

    private static final ChatLimits LIMITS = new ChatLimits(1_000, 10, 20, false);

    @TempDir
    private Path folder;

    private OpenChat chat;
    private HeldMessages held;

    @BeforeEach
    void open() {
        chat = OpenChat.in(folder, LIMITS, InstantSource.system());
        held = new HeldMessages(chat.database(), chat.store().messages(), LIMITS, InstantSource.system());
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void holdsNoMoreThanTheLimit() {
        for (int author = 1; author <= 10; author++) {
            await(held.hold(by("author-" + author, "one"), "why"));
            await(held.hold(by("author-" + author, "two"), "why"));
        }

        assertRefused(held.hold(by("latecomer", "one too many"), "why"), ChatFault.TOO_MANY_HELD);
    }

    @Test
    void leavesNobodyMoreThanATenthOfThePlaces() {
        await(held.hold(by("jane", "one"), "why"));
        await(held.hold(by("jane", "two"), "why"));

        assertRefused(held.hold(by("jane", "three"), "why"), ChatFault.TOO_MANY_HELD);
        await(held.hold(by("minsu", "one"), "why"));
    }

    private static TalkRequest by(String author, String text) {
        return new TalkRequest("lobby", new Author(author, author), text, null);
    }

    @Test
    void keepsWhatWaitsOverARestart() {
        await(held.hold(text("lobby", "기다리는 말"), "생각 중"));
        chat.close();
        open();

        HeldMessage waiting = await(held.list(10)).getFirst();
        assertThat(waiting.request().text()).isEqualTo("기다리는 말");
        assertThat(waiting.reason()).isEqualTo("생각 중");
        assertThat(await(held.release(waiting.id())).orElseThrow().message().offset())
                .isEqualTo(1);
        assertThat(await(held.list(10))).isEmpty();
    }

    @Test
    void holdsARepeatOnce() {
        HeldOutcome first = await(held.hold(text("lobby", "same", "id"), "why"));
        HeldOutcome again = await(held.hold(text("lobby", "same", "id"), "why"));

        assertThat(again.held().id()).isEqualTo(first.held().id());
        assertRefused(held.hold(text("lobby", "other", "id"), "why"), SessionFault.CONFLICT);
        await(held.release(first.held().id()));
        assertThat(await(held.hold(text("lobby", "same", "id"), "why")).talked().repeated())
                .isTrue();
    }

    @Test
    void refusesWhatCouldNeverBeStored() {
        assertRefused(held.hold(text("nowhere", "text"), "why"), ChatFault.UNKNOWN_ROOM);
        assertRefused(held.hold(text("lobby", " "), "why"), ChatFault.EMPTY_TEXT);
        assertThat(await(held.release(UUID.randomUUID()))).isEmpty();
        assertThat(await(held.discard(UUID.randomUUID()))).isEmpty();
    }

    private static void assertRefused(CompletionStage<?> stage, Object fault) {
        assertThatThrownBy(() -> await(stage))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }
}
