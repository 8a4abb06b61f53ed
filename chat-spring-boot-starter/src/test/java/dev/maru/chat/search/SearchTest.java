package dev.maru.chat.search;

import static dev.maru.chat.store.OpenChat.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.store.OpenChat;
import dev.maru.engine.fault.Refusal;
import dev.maru.store.jdbc.Product;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class SearchTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    private Path folder;

    private Instant now = START;
    private OpenChat chat;

    @BeforeEach
    void open() {
        chat = OpenChat.in(folder, ChatLimits.defaults(), () -> now);
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void findsAnyTwoKoreanLetters() {
        talk("안녕하세요 여러분");
        talk("마루에서 만나요");

        assertThat(find("안녕")).containsExactly("안녕하세요 여러분");
        assertThat(find("녕하")).containsExactly("안녕하세요 여러분");
        assertThat(find("요 여")).containsExactly("안녕하세요 여러분");
        assertThat(find("나요")).containsExactly("마루에서 만나요");
        assertThat(find("안하")).isEmpty();
    }

    @Test
    void findsOneLetterAlsoWhereTheTextHasNoOther() {
        talk("네");
        talk("네, 알겠습니다");
        talk("아니요");

        assertThat(find("네")).containsExactly("네, 알겠습니다", "네");
        assertThat(find("👍")).isEmpty();
    }

    @Test
    void findsTheNewestFirstAndSaysWhetherThereAreMore() {
        talk("hello one");
        talk("hello two");
        talk("hello three");
        await(chat.store().search().catchUp());

        SearchResult result = await(chat.store().search().find(SearchQuery.of("hello", 2)));

        assertThat(texts(result)).containsExactly("hello three", "hello two");
        assertThat(result.more()).isTrue();
        assertThat(await(chat.store().search().find(SearchQuery.of("hello", 3))).more())
                .isFalse();
    }

    @Test
    void ignoresCaseAndHowManyBlanksStandTogether() {
        talk("Hello  WORLD\nÄpfel ΣΊΣΥΦΟΣ");

        assertThat(find("hELLO wORLD")).hasSize(1);
        assertThat(find("world äpfel")).hasSize(1);
        assertThat(find("  Hello ")).hasSize(1);
        assertThat(find("H")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>",
                "alert('x')",
                "\"quoted\"",
                "100%_*",
                "a-b",
                "NEAR(",
                "c++ OR",
                "👩‍👩‍👧",
                "ㅋㅋ",
                "\\"
            })
    void findsTextThatMeansSomethingElsewhere(String text) {
        talk("before " + text + " after");
        talk("something else");

        assertThat(find(text)).containsExactly("before " + text + " after");
    }

    @Test
    void findsLettersThatCameApart() {
        talk("한글");

        assertThat(find("\u1112\u1161\u11ab\u1100\u1173\u11af")).containsExactly("한글");
    }

    @Test
    void findsWhereFromWhomAndWhen() {
        talk("lobby", "민수", "hello");
        talk("kitchen", "민수", "hello");
        now = START.plusSeconds(60);
        talk("lobby", "Jane", "hello");

        assertThat(count(new SearchQuery("hello", "kitchen", null, null, null, 10)))
                .isEqualTo(1);
        assertThat(count(new SearchQuery("hello", null, "민수", null, null, 10))).isEqualTo(2);
        assertThat(count(new SearchQuery("hello", "lobby", "Jane", null, null, 10)))
                .isEqualTo(1);
        assertThat(count(new SearchQuery("hello", null, null, START.plusSeconds(60), null, 10)))
                .isEqualTo(1);
        assertThat(count(new SearchQuery("hello", null, null, null, START.plusSeconds(60), 10)))
                .isEqualTo(2);
        assertThat(count(new SearchQuery("h", "kitchen", "민수", START, START.plusSeconds(1), 10)))
                .isEqualTo(1);
        assertThat(count(new SearchQuery("hello", "nowhere", null, null, null, 10)))
                .isZero();
    }

    @Test
    void refusesWhatCannotBeLookedFor() {
        assertRefused(SearchQuery.of("", 10), ChatFault.INVALID_QUERY);
        assertRefused(SearchQuery.of(" \n ", 10), ChatFault.INVALID_QUERY);
        assertRefused(SearchQuery.of("a".repeat(201), 10), ChatFault.INVALID_QUERY);
        assertRefused(SearchQuery.of("a", 0), ChatFault.INVALID_QUERY);
        assertRefused(new SearchQuery("a", "no room", null, null, null, 10), ChatFault.INVALID_ROOM_ID);
    }

    @Test
    void catchesUpWithWhatWasStoredWhileNobodyIndexed() {
        chat.store().search().close();
        talkWithoutIndex("숨은 메시지");
        chat.close();
        open();

        assertThat(find("숨은")).containsExactly("숨은 메시지");
    }

    @Test
    void indexesEverythingOnceAndInTheEnd() {
        List<CompletionStage<?>> talks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            talks.add(chat.store().messages().talk(OpenChat.text("lobby", "number " + i + ".")));
        }
        talks.forEach(OpenChat::await);

        assertThat(find("number 299.")).hasSize(1);
        assertThat(find("number 0.")).hasSize(1);
        assertThat(await(chat.store().search().find(SearchQuery.of("number", 200)))
                        .messages())
                .hasSize(200);
    }

    @Test
    void findsWhatAWalkOverAllTextsFinds() {
        Random random = new Random(20261122);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            texts.add(randomText(random, 1 + random.nextInt(12)));
            talk(texts.getLast());
        }
        Collections.reverse(texts);

        for (int i = 0; i < 200; i++) {
            String query = randomText(random, 1 + random.nextInt(3)).strip();
            if (!query.isEmpty()) {
                assertThat(find(query)).as(query).isEqualTo(naive(texts, query));
            }
        }
    }

    private static List<String> naive(List<String> texts, String query) {
        return texts.stream()
                .filter(text -> TextIndex.fold(text).contains(TextIndex.fold(query)))
                .toList();
    }

    /** Few letters, so that much repeats; never blank. */
    private static String randomText(Random random, int length) {
        String letters = "가나다라 aAbB";
        StringBuilder text = new StringBuilder("가");
        random.ints(length, 0, letters.length()).forEach(i -> text.append(letters.charAt(i)));
        return text.substring(random.nextBoolean() && !text.substring(1).isBlank() ? 1 : 0);
    }

    private void talk(String text) {
        talk("lobby", "민수", text);
    }

    private void talk(String room, String sender, String text) {
        chat.talk(new TalkRequest(room, Author.guest(sender), text, null));
    }

    /** In PostgreSQL the index is never behind. */
    private void talkWithoutIndex(String text) {
        talk(text);
        if (chat.database().product() == Product.POSTGRESQL) {
            return;
        }
        CompletionStage<SearchResult> found = chat.store().search().find(SearchQuery.of(text, 10));
        assertThat(await(found).messages()).isEmpty();
    }

    private List<String> find(String text) {
        await(chat.store().search().catchUp());
        return texts(await(chat.store().search().find(SearchQuery.of(text, 200))));
    }

    private int count(SearchQuery query) {
        await(chat.store().search().catchUp());
        return await(chat.store().search().find(query)).messages().size();
    }

    private void assertRefused(SearchQuery query, ChatFault fault) {
        assertThatThrownBy(() -> await(chat.store().search().find(query)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }

    private static List<String> texts(SearchResult result) {
        return result.messages().stream().map(ChatMessage::text).toList();
    }
}
