package dev.maru.chat.archive;

import static dev.maru.chat.store.OpenChat.await;
import static dev.maru.chat.store.OpenChat.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.MessagePage;
import dev.maru.chat.message.PageQuery;
import dev.maru.chat.search.SearchQuery;
import dev.maru.chat.search.SearchResult;
import dev.maru.chat.store.OpenChat;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.StoredMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class ArchiverTest {

    private static final Duration KEEP = Duration.ofDays(7);
    private static final Instant OCTOBER = Instant.parse("2026-10-30T23:59:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-02T08:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    private Path folder;

    private Instant now = OCTOBER;
    private OpenChat chat;
    private ArchiveReader archive;

    @BeforeEach
    void open() {
        chat = OpenChat.in(folder, ChatLimits.defaults(), () -> now);
        archive = new ArchiveReader(folder.resolve("archive"));
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void movesWhatIsOlderThanIsKeptToOneFileForEachRoomAndMonth() throws Exception {
        talk("Tea", "첫 번째", "second");
        now = NOVEMBER;
        talk("Tea", "third");
        talk("kitchen", "soup");
        now = NOW.minus(KEEP);
        talk("Tea", "kept");

        archiveAt(NOW);

        assertThat(archive.files("Tea")).containsExactly("2026-10.jsonl.gz", "2026-11.jsonl.gz");
        assertThat(texts(archive.everything("Tea"))).containsExactly("첫 번째", "second", "third");
        assertThat(texts(archive.everything("kitchen"))).containsExactly("soup");
        assertThat(page("Tea", 50).messages())
                .singleElement()
                .matches(message -> message.offset() == 4 && message.text().equals("kept"));
    }

    @Test
    void writesAllThatIsKnownOfAMessage() throws Exception {
        chat.talk(text("tea", "안녕 \"you\"\n", "c-1"));
        archiveAt(NOW);

        JsonNode line = archive.everything("tea").getFirst();

        assertThat(line.propertyNames())
                .containsExactly(
                        "roomId", "offset", "id", "type", "sender", "authorId", "message", "sentAt", "clientMessageId");
        assertThat(line.path("roomId").asString()).isEqualTo("tea");
        assertThat(line.path("offset").asLong()).isOne();
        assertThat(line.path("authorId").asString()).isEqualTo("guest:민수");
        assertThat(line.path("message").asString()).isEqualTo("안녕 \"you\"\n");
        assertThat(line.path("sentAt").asString()).isEqualTo("2026-10-30T23:59:00.000Z");
    }

    @Test
    void makesFilesThatOnlyTheirOwnerCanRead() throws Exception {
        talk("tea", "a");
        archiveAt(NOW);

        Path file = archive.file("tea", "2026-10");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void keepsOffsetsAndSaysWhereHistoryBegins() throws Exception {
        talk("tea", "a", "b");
        now = NOW;
        talk("tea", "c");
        archiveAt(NOW);

        assertThat(page("tea", 50).oldest()).isEqualTo(3);
        assertThat(page("tea", 50).moreBefore()).isFalse();
        for (LogHead head : List.of(
                await(chat.store().classicLog().head("/topic/public/tea")),
                await(chat.store().eventLog().head("/topic/rooms/tea")))) {
            assertThat(head.position().offset()).isEqualTo(3);
            assertThat(head.oldest()).isEqualTo(3);
        }
        assertThat(await(chat.store().eventLog().readAfter("/topic/rooms/tea", 0, 10)))
                .extracting(StoredMessage::position)
                .containsExactly(
                        await(chat.store().eventLog().head("/topic/rooms/tea")).position());
        assertThat(chat.talk("tea", "d").message().offset()).isEqualTo(4);
    }

    @Test
    void remembersAnEmptiedRoomAfterARestart() throws Exception {
        talk("tea", "a", "b");
        archiveAt(NOW);
        close();
        open();

        assertThat(page("tea", 50)).isEqualTo(new MessagePage(List.of(), false, false, 3));
        LogHead head = await(chat.store().classicLog().head("/topic/public/tea"));
        assertThat(head.position().offset()).isEqualTo(2);
        assertThat(head.oldest()).isEqualTo(3);
        assertThat(chat.talk("tea", "c").message().offset()).isEqualTo(3);
    }

    @Test
    void letsAClientUseItsIdAgainOnceItsMessageIsGone() throws Exception {
        chat.talk(text("tea", "a", "c-1"));
        assertThat(chat.talk(text("tea", "a", "c-1")).repeated()).isTrue();
        archiveAt(NOW);

        assertThat(chat.talk(text("tea", "another", "c-1")).message().offset()).isEqualTo(2);
    }

    @Test
    void takesWhatItMovesOutOfTheSearchAndFindsWhatComesLater() throws Exception {
        talk("tea", "사과 하나", "사");
        assertThat(search("사과").archivedBefore()).isNull();
        archiveAt(NOW);

        assertThat(search("사과").messages()).isEmpty();
        assertThat(search("사과").archivedBefore()).isEqualTo(NOW.minus(KEEP));
        assertThat(indexed()).isZero();

        now = NOW;
        talk("tea", "사과 둘");
        await(chat.store().search().catchUp());
        assertThat(search("사과").messages()).singleElement().matches(message -> message.offset() == 3);
    }

    @Test
    void movesManyInSmallSteps() throws Exception {
        int many = 3 * ArchiveBatch.MOST_MESSAGES + 1;
        LongStream.rangeClosed(1, many)
                .mapToObj(i -> chat.store().messages().talk(text("tea", "m" + i)))
                .toList()
                .forEach(OpenChat::await);
        archiveAt(NOW);

        assertThat(offsets(archive.everything("tea")))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, many).boxed().toList());
        assertThat(archive.counting(chat, "tea")).hasSize(many);
    }

    @Test
    void letsOthersWriteInTheMiddleOfAStep() throws Exception {
        talk("tea", "a", "b");
        await(chat.store().search().catchUp());
        ArchiveStep step = new ArchiveStep(chat.database(), chat.store().rooms().heads(), folder.resolve("archive"));

        ArchiveBatch batch = step.read("tea", NOW).orElseThrow();
        talk("tea", "c");
        long counting = step.append(batch);
        talk("tea", "d");
        step.delete(batch, counting, NOW);

        assertThat(texts(archive.everything("tea"))).containsExactly("a", "b");
        assertThat(page("tea", 50).messages())
                .extracting(message -> message.offset())
                .containsExactly(3L, 4L);
        assertThat(page("tea", 50).oldest()).isEqualTo(3);
        await(chat.store().search().catchUp());
        assertThat(indexed()).isEqualTo(2);
    }

    @Test
    void neverGoesBackToAnEarlierMonthIfTheClockDid() throws Exception {
        now = NOVEMBER;
        talk("tea", "a");
        now = OCTOBER;
        talk("tea", "b");
        archiveAt(NOW);

        assertThat(archive.files("tea")).containsExactly("2026-11.jsonl.gz");
        assertThat(offsets(archive.everything("tea"))).containsExactly(1L, 2L);
    }

    @Test
    void cutsOffWhatAStepThatDidNotEndHasLeft() throws Exception {
        talk("tea", "a");
        archiveAt(NOW);
        talk("tea", "b");
        Files.write(archive.file("tea", "2026-10"), new byte[] {31, -117, 8, 0, 7}, StandardOpenOption.APPEND);

        assertThat(texts(archive.counting(chat, "tea"))).containsExactly("a");
        archiveAt(NOW);

        assertThat(texts(archive.everything("tea"))).containsExactly("a", "b");
    }

    @Test
    void writesAMessageOnceThoughItsDeletionFailed() throws Exception {
        talk("tea", "a", "b");
        await(chat.store().search().catchUp());
        change("CREATE TRIGGER keep BEFORE DELETE ON maru_message BEGIN SELECT RAISE(ABORT, 'no'); END");
        assertThat(archiver(NOW).moveWhatIsDue()).isOne();
        assertThat(texts(archive.everything("tea"))).containsExactly("a", "b");
        assertThat(archive.counting(chat, "tea")).isEmpty();
        assertThat(page("tea", 50).messages()).hasSize(2);

        change("DROP TRIGGER keep");
        archiveAt(NOW);

        assertThat(texts(archive.everything("tea"))).containsExactly("a", "b");
        assertThat(page("tea", 50).messages()).isEmpty();
    }

    @Test
    void deletesNothingThatItCannotWriteAndGoesOnWithOtherRooms() throws Exception {
        talk("a-broken", "here");
        talk("tea", "there");
        Files.createDirectories(folder.resolve("archive"));
        Files.writeString(folder.resolve("archive").resolve("a-broken"), "a file where a folder should be");
        await(chat.store().search().catchUp());

        assertThat(archiver(NOW).moveWhatIsDue()).isOne();

        assertThat(page("a-broken", 50).messages()).hasSize(1);
        assertThat(texts(archive.everything("tea"))).containsExactly("there");
    }

    @Test
    void leavesAFileAloneThatIsShorterThanItMustBe() throws Exception {
        talk("tea", "a");
        archiveAt(NOW);
        talk("tea", "b");
        Path file = archive.file("tea", "2026-10");
        Files.write(file, new byte[] {31});
        await(chat.store().search().catchUp());

        assertThat(archiver(NOW).moveWhatIsDue()).isOne();

        assertThat(file).hasBinaryContent(new byte[] {31});
        assertThat(page("tea", 50).messages()).hasSize(1);
    }

    @Test
    void beginsAFileAnewThatWasTakenAway() throws Exception {
        talk("tea", "a");
        archiveAt(NOW);
        Files.delete(archive.file("tea", "2026-10"));
        talk("tea", "b");
        archiveAt(NOW);

        assertThat(texts(archive.everything("tea"))).containsExactly("b");
        assertThat(texts(archive.counting(chat, "tea"))).containsExactly("b");
    }

    @Test
    void waitsForTheIndex() throws Exception {
        talk("tea", "a");
        await(chat.store().search().catchUp());
        change("UPDATE maru_search_cursor SET row_no = 0");

        archiver(NOW).moveWhatIsDue();

        assertThat(page("tea", 50).messages()).hasSize(1);
    }

    @Test
    void worksByItselfOnceItIsStarted() {
        talk("tea", "a");
        await(chat.store().search().catchUp());
        try (Archiver archiver = archiver(NOW)) {
            archiver.start();
            Awaitility.await().until(() -> page("tea", 50).messages().isEmpty());
        }
    }

    @Test
    void keepsEverythingForEverUnlessToldOtherwise() {
        assertThatThrownBy(() -> archiver(NOW, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maru.history.keep");
        try (Archiver archiver = archiver(NOW, Duration.ZERO)) {
            archiver.start();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("maru-archive"));
        }
    }

    private void archiveAt(Instant time) throws InterruptedException, IOException {
        await(chat.store().search().catchUp());
        assertThat(archiver(time).moveWhatIsDue()).isZero();
    }

    private Archiver archiver(Instant time) {
        return archiver(time, KEEP);
    }

    private Archiver archiver(Instant time, Duration keep) {
        return new Archiver(chat.database(), chat.store().rooms(), folder.resolve("archive"), keep, () -> time);
    }

    private void talk(String room, String... texts) {
        for (String text : texts) {
            chat.talk(room, text);
            now = now.plus(1, ChronoUnit.MILLIS);
        }
    }

    private void change(String sql) {
        await(chat.database().writer().submit(statements -> statements.update(sql)));
    }

    private MessagePage page(String room, int limit) {
        return await(chat.store().messages().page(PageQuery.newest(room, limit)));
    }

    private SearchResult search(String text) {
        return await(chat.store().search().find(SearchQuery.of(text, 10)));
    }

    private long indexed() {
        return await(chat.database()
                .readers()
                .read(sql -> sql.first(
                                "SELECT (SELECT count(*) FROM maru_search_pairs_docsize)"
                                        + " + (SELECT count(*) FROM maru_search_letters_docsize)",
                                row -> row.getLong(1))
                        .orElseThrow()));
    }

    private static List<String> texts(List<JsonNode> lines) {
        return lines.stream().map(line -> line.path("message").asString()).toList();
    }

    private static List<Long> offsets(List<JsonNode> lines) {
        return lines.stream().map(line -> line.path("offset").asLong()).toList();
    }
}
