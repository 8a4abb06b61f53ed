package dev.maru.chat.message;

import static dev.maru.chat.store.OpenChat.await;
import static dev.maru.chat.store.OpenChat.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.store.OpenChat;
import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.session.ReceiptScope;
import dev.maru.store.jdbc.GroupCommitWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class MessagesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.120Z");

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
    void storesAMessageAsTheNextOfItsRoom() {
        Talked first = chat.talk("lobby", "안녕하세요");
        Talked second = chat.talk("lobby", "hello");

        assertThat(first.repeated()).isFalse();
        assertThat(first.position())
                .isEqualTo(new StreamPosition(chat.database().epoch(), 1));
        assertThat(first.message().author()).isEqualTo(new Author("guest:민수", "민수"));
        assertThat(first.message().text()).isEqualTo("안녕하세요");
        assertThat(first.message().sentAt()).isEqualTo(NOW);
        assertThat(first.message().id().version()).isEqualTo(7);
        assertThat(second.message().offset()).isEqualTo(2);
        assertThat(newest("lobby", 10)).containsExactly(first.message(), second.message());
    }

    @Test
    void givesThePlaceOfWhatWasUndoneToTheNext() {
        CompletableFuture<Boolean> gate = new CompletableFuture<>();
        GroupCommitWriter writer = chat.database().writer();
        writer.submit(_ -> gate.join());
        List<CompletionStage<Talked>> talked = new ArrayList<>();
        talked.add(chat.store().messages().talk(OpenChat.text("lobby", "a")));
        writer.together(() -> {
            chat.store().messages().talk(OpenChat.text("lobby", "undone"));
            chat.store().messages().talk(OpenChat.text("fresh", "undone"));
            writer.submit(_ -> {
                throw new Refusal(SessionFault.CONFLICT, "no");
            });
        });
        talked.add(chat.store().messages().talk(OpenChat.text("lobby", "b")));
        talked.add(chat.store().messages().talk(OpenChat.text("fresh", "c")));
        gate.complete(true);

        assertThat(talked)
                .extracting(stage -> OpenChat.await(stage).message().offset())
                .containsExactly(1L, 2L, 1L);
        assertThat(chat.talk("lobby", "d").message().offset()).isEqualTo(3);
        assertThat(newest("lobby", 10)).extracting(ChatMessage::text).containsExactly("a", "b", "d");
    }

    @Test
    void numbersWithoutGapsAndInTheOrderOfEachThreadsCallsUnderEightThreads() throws Exception {
        int threads = 8;
        int each = 400;
        List<Future<List<CompletionStage<Talked>>>> senders = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                String name = "sender-" + t;
                senders.add(pool.submit(() -> talkMuch(name, each)));
            }
        }

        for (Future<List<CompletionStage<Talked>>> sender : senders) {
            List<Long> offsets = new ArrayList<>();
            for (CompletionStage<Talked> talked : sender.get()) {
                offsets.add(await(talked).message().offset());
            }
            assertThat(offsets).isSorted();
        }
        assertThat(allOffsets("busy")).isEqualTo(range(1, (long) threads * each));
    }

    @Test
    void answersARepeatWithTheFirstMessage() {
        Talked first = chat.talk(text("lobby", "once", "id-1"));
        Talked repeat = chat.talk(text("lobby", "once", "id-1"));

        assertThat(repeat).isEqualTo(new Talked(first.message(), true, first.position()));
        assertThat(newest("lobby", 10)).containsExactly(first.message());
    }

    @Test
    void recognisesARepeatWithinTheSameCommit() {
        CompletionStage<Talked> first = chat.store().messages().talk(text("lobby", "once", "id-1"));
        CompletionStage<Talked> repeat = chat.store().messages().talk(text("lobby", "once", "id-1"));
        CompletionStage<Talked> next = chat.store().messages().talk(text("lobby", "twice", "id-2"));

        assertThat(await(first).repeated()).isFalse();
        assertThat(await(repeat).message()).isEqualTo(await(first).message());
        assertThat(await(repeat).repeated()).isTrue();
        assertThat(await(next).message().offset()).isEqualTo(2);
    }

    @Test
    void keepsIdsOfClientsApartByAuthorAndRoom() {
        chat.talk(text("lobby", "mine", "id-1"));
        Talked other = chat.talk(new TalkRequest("lobby", Author.guest("Jane"), "hers", "id-1"));
        Talked elsewhere = chat.talk(text("kitchen", "there", "id-1"));

        assertThat(other.message().offset()).isEqualTo(2);
        assertThat(elsewhere.message().offset()).isEqualTo(1);
    }

    @Test
    void recognisesARepeatAfterARestart() {
        Talked first = chat.talk(text("lobby", "once", "id-1"));
        chat.close();
        chat = OpenChat.in(folder);

        Talked repeat = chat.talk(text("lobby", "once", "id-1"));
        Talked next = chat.talk("lobby", "next");

        assertThat(repeat.repeated()).isTrue();
        assertThat(repeat.position()).isEqualTo(first.position());
        assertThat(next.position()).isEqualTo(first.position().at(2));
    }

    @Test
    void refusesAnotherTextUnderTheSameIdAndStoresWhatCameWithIt() {
        chat.talk(text("lobby", "once", "id-1"));
        CompletionStage<Talked> before = chat.store().messages().talk(text("lobby", "before"));
        CompletionStage<Talked> conflict = chat.store().messages().talk(text("lobby", "other", "id-1"));
        CompletionStage<Talked> after = chat.store().messages().talk(text("lobby", "after"));

        assertRefused(conflict, SessionFault.CONFLICT);
        assertThat(await(before).message().offset()).isEqualTo(2);
        assertThat(await(after).message().offset()).isEqualTo(3);
    }

    @Test
    void composesKoreanLettersThatCameApart() {
        Talked talked = chat.talk("lobby", "\u1112\u1161\u11ab\u1100\u1173\u11af");

        assertThat(talked.message().text()).isEqualTo("한글");
    }

    @Test
    void keepsHtmlAndStrangeCharactersAsTheyAre() {
        String text = "<script>alert('x')</script> \"\\ \u202e 👩‍👩‍👧 \t\n end ";
        chat.talk("lobby", text);

        assertThat(newest("lobby", 1).getFirst().text()).isEqualTo(text);
    }

    @Test
    void replacesWhatNoDatabaseCanHold() {
        chat.talk(text("lobby", "a\u0000b\ud83d c", "id-1"));
        Talked repeat = chat.talk(text("lobby", "a\u0000b\ud83d c", "id-1"));

        assertThat(repeat.repeated()).isTrue();
        assertThat(newest("lobby", 1).getFirst().text()).isEqualTo("a\ufffdb\ufffd c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u00a0\u3000", "\u200b"})
    void refusesATextThatNobodyCanSee(String text) {
        assertRefused(chat.store().messages().talk(text("lobby", text)), ChatFault.EMPTY_TEXT);
    }

    @Test
    void refusesATextLongerThanTheLimitInBytes() {
        int limit = ChatLimits.defaults().maxTextBytes();
        String korean = "가".repeat(limit / 3);

        assertThat(chat.talk("lobby", korean).message().text()).isEqualTo(korean);
        assertThat(chat.talk("lobby", "a".repeat(limit)).message().offset()).isEqualTo(2);
        assertRefused(chat.store().messages().talk(text("lobby", korean + "가")), ChatFault.TEXT_TOO_LONG);
        assertRefused(chat.store().messages().talk(text("lobby", "a".repeat(limit + 1))), ChatFault.TEXT_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b\u0007", "한", "0123456789012345678901234567890123456789012345678901234567890123x"})
    void refusesABadClientMessageId(String id) {
        assertRefused(chat.store().messages().talk(text("lobby", "text", id)), ChatFault.INVALID_CLIENT_MESSAGE_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../etc", "방", "a/b"})
    void refusesABadRoomId(String room) {
        assertRefused(chat.store().messages().talk(text(room, "text")), ChatFault.INVALID_ROOM_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "\u200b", "01234567890123456789012345678901234567890"})
    void refusesABadName(String name) {
        assertThatThrownBy(() -> Author.guest(name))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(ChatFault.INVALID_SENDER));
        assertRefused(
                chat.store().messages().talk(new TalkRequest("lobby", new Author("guest:x", name), "text", null)),
                ChatFault.INVALID_SENDER);
    }

    @Test
    void givesTheReceiptItsPosition() {
        ReceiptScope scope = new ReceiptScope();
        ScopedValue.where(ReceiptScope.CURRENT, scope).run(() -> {
            chat.store().messages().talk(text("lobby", "one"));
            chat.store().messages().talk(text("lobby", "two"));
        });
        scope.handled(null);

        assertThat(await(scope.stored()))
                .isEqualTo(new StreamPosition(chat.database().epoch(), 2));
    }

    @Test
    void failsTheReceiptOfARefusedMessage() {
        ReceiptScope scope = new ReceiptScope();
        ScopedValue.where(ReceiptScope.CURRENT, scope)
                .run(() -> chat.store().messages().talk(text("lobby", "")));
        scope.handled(null);

        assertRefused(scope.stored(), ChatFault.EMPTY_TEXT);
    }

    private List<CompletionStage<Talked>> talkMuch(String name, int count) {
        List<CompletionStage<Talked>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(chat.store().messages().talk(new TalkRequest("busy", Author.guest(name), "n" + i, "id-" + i)));
        }
        return sent;
    }

    private List<Long> allOffsets(String room) {
        List<Long> offsets = new ArrayList<>();
        Optional<MessagePage> page = Optional.empty();
        do {
            long after = offsets.isEmpty() ? 0 : offsets.getLast();
            page = Optional.of(page(new PageQuery(room, null, after, 200, null, null, null)));
            offsets.addAll(offsets(page.get()));
        } while (page.get().moreAfter());
        return offsets;
    }

    private MessagePage page(PageQuery query) {
        return await(chat.store().messages().page(query));
    }

    private List<ChatMessage> newest(String room, int limit) {
        return page(PageQuery.newest(room, limit)).messages();
    }

    private static List<Long> offsets(MessagePage page) {
        return page.messages().stream().map(ChatMessage::offset).toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static void assertRefused(CompletionStage<?> stage, Fault fault) {
        assertThatThrownBy(() -> await(stage))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }
}
