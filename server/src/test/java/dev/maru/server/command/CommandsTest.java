package dev.maru.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.archive.Archiver;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.store.ChatStore;
import dev.maru.engine.history.StreamPosition;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.DatabaseSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    private static final Instant THEN = Instant.parse("2026-11-02T08:00:00Z");

    @TempDir
    private Path folder;

    private Path data;
    private Path backup;

    @BeforeEach
    void name() {
        data = folder.resolve("data");
        backup = folder.resolve("backup.zip");
    }

    @Test
    void leavesTheServerToItselfWhereNoCommandIsGiven() {
        assertThat(Commands.run(new String[] {}, System.out, System.err)).isEmpty();
        assertThat(Commands.run(new String[] {"--server.port=0"}, System.out, System.err))
                .isEmpty();
    }

    @Test
    void explainsItself() {
        assertThat(run("--help").answer()).contains("  backup ", "  restore ", "  export ");
        assertThat(run("backup", "--help").answer()).startsWith("java -jar maru.jar backup <file>");
        assertThat(run("help", "restore").answer()).contains("--replace");
        assertThat(run("help").code()).isZero();
    }

    @Test
    void saysInOneLineWhatItDoesNotUnderstand() {
        for (String[] arguments : List.of(
                new String[] {"bakcup", "x"},
                new String[] {"backup"},
                new String[] {"backup", "one", "two"},
                new String[] {"restore", "\0"})) {
            Answer answer = run(arguments);
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.error().lines()).hasSize(1);
            assertThat(answer.answer()).isEmpty();
        }
    }

    @Test
    void bringsBackEverythingUnderAnotherEpoch() throws IOException {
        StreamPosition before = fill();
        Files.writeString(data.resolve("admin-token"), "a secret");
        assertThat(backup().error()).isEmpty();

        Path other = folder.resolve("other");
        assertThat(restore(other).answer()).startsWith("Restored").doesNotContain(before.epoch());

        assertThat(Files.readString(other.resolve("admin-token"))).isEqualTo("a secret");
        assertThat(files(other)).isEqualTo(files(data));
        assertThat(Files.readAllBytes(other.resolve("archive/+tea/2026-11.jsonl.gz")))
                .isEqualTo(Files.readAllBytes(data.resolve("archive/+tea/2026-11.jsonl.gz")));
        try (Database database = Database.sqlite(other, DatabaseSettings.defaults());
                ChatStore chat = ChatStore.open(database, ChatLimits.defaults(), () -> THEN)) {
            StreamPosition next = talk(chat, "next");
            assertThat(next.offset()).isEqualTo(before.offset() + 1);
            assertThat(next.epoch()).isNotEqualTo(before.epoch());
        }
    }

    @Test
    void makesFilesThatOnlyTheirOwnerCanRead() throws IOException {
        fill();
        backup();
        restore(folder.resolve("other"));
        run("export", folder.resolve("lines").toString(), "--maru.data-dir=" + data);

        for (String root : List.of("backup.zip", "other", "lines")) {
            try (Stream<Path> files = Files.walk(folder.resolve(root))) {
                assertThat(files)
                        .isNotEmpty()
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .endsWith("------"));
            }
        }
    }

    @Test
    void leavesNothingBesideTheBackup() throws IOException {
        fill();
        backup();
        assertThat(files(folder)).filteredOn(file -> !file.startsWith("data")).containsExactly("backup.zip");
    }

    @Test
    void doesNotOverwriteABackup() throws IOException {
        fill();
        Files.writeString(backup, "an older one");

        assertThat(backup().code()).isOne();
        assertThat(Files.readString(backup)).isEqualTo("an older one");
    }

    @Test
    void backsUpOnlyWhatCountsOfTheArchive() throws IOException {
        fill();
        Path archived = data.resolve("archive/+tea/2026-11.jsonl.gz");
        byte[] counting = Files.readAllBytes(archived);
        Files.write(archived, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        backup();
        restore(folder.resolve("other"));

        assertThat(Files.readAllBytes(folder.resolve("other/archive/+tea/2026-11.jsonl.gz")))
                .isEqualTo(counting);
    }

    @Test
    void saysWhichFilesOfTheArchiveWereTakenAway() throws IOException {
        fill();
        Files.delete(data.resolve("archive/+tea/2026-11.jsonl.gz"));

        assertThat(backup().answer()).contains("no longer there: +tea/2026-11.jsonl.gz");
        assertThat(backup.toFile()).exists();
    }

    @Test
    void makesNoBackupOfADamagedArchive() throws IOException {
        fill();
        Files.write(data.resolve("archive/+tea/2026-11.jsonl.gz"), new byte[] {31});

        assertThat(backup().code()).isOne();
        assertThat(files(folder)).noneMatch(file -> file.startsWith("backup"));
    }

    @Test
    void refusesAFolderThatIsNotEmptyAndMovesAsideWhatIsThereIfTold() throws IOException {
        fill();
        backup();
        talkOnceMore();

        assertThat(restore(data).code()).isOne();
        assertThat(restore(data).error()).contains("is not empty").contains("--replace");
        Answer replaced = run("restore", "--replace", backup.toString(), "--maru.data-dir=" + data);

        assertThat(replaced.code()).as(replaced.error()).isZero();
        Path aside = data.resolve(files(data).stream()
                .filter(file -> file.startsWith("replaced-"))
                .map(file -> Path.of(file).getName(0).toString())
                .findFirst()
                .orElseThrow());
        assertThat(exported(data)).hasSize(2);
        assertThat(exported(aside)).hasSize(3);
    }

    @Test
    void refusesAFolderThatIsInUse() throws IOException {
        fill();
        backup();
        try (Database _ = Database.sqlite(data, DatabaseSettings.defaults())) {
            Answer answer = run("restore", "--replace", backup.toString(), "--maru.data-dir=" + data);

            assertThat(answer.code()).isOne();
            assertThat(answer.error()).contains("in use").hasLineCount(1);
        }
    }

    @Test
    void refusesWhatIsNoBackup() throws IOException {
        Files.writeString(backup, "something else");
        Path foreign = folder.resolve("foreign.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(foreign))) {
            zip.putNextEntry(new ZipEntry(BackupFormat.MARK));
            zip.write(BackupFormat.MARK_TEXT.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("../../elsewhere"));
            zip.write(1);
        }

        for (Path file : List.of(backup, foreign, folder.resolve("nothing.zip"))) {
            Answer answer = run("restore", file.toString(), "--maru.data-dir=" + folder.resolve("other"));
            assertThat(answer.code()).isOne();
            assertThat(answer.error())
                    .contains(file == foreign ? "elsewhere" : file.toString())
                    .hasLineCount(1);
        }
        assertThat(files(folder.resolve("other"))).containsExactly("maru.lock");
    }

    @Test
    void refusesATornBackupAndLeavesTheFolderFree() throws IOException {
        fill();
        backup();
        byte[] whole = Files.readAllBytes(backup);
        Files.write(backup, Arrays.copyOf(whole, whole.length / 2));

        assertThat(restore(folder.resolve("other")).code()).isOne();
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void refusesABackupThatEndsBehindOneOfItsFiles() throws IOException {
        fill();
        backup();
        byte[] whole = Files.readAllBytes(backup);
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        Files.write(backup, Arrays.copyOf(whole, text.lastIndexOf("PK\3\4")));

        assertThat(restore(folder.resolve("other")).error())
                .contains("is no backup")
                .hasLineCount(1);
    }

    @Test
    void letsNoServerBeginAnewWhereARestoreWasInterrupted() throws IOException {
        fill();
        backup();
        Files.move(data.resolve("archive"), data.resolve("restoring"));
        Files.delete(data.resolve("maru.db"));

        assertThatThrownBy(() -> Database.sqlite(data, DatabaseSettings.defaults()))
                .hasRootCauseMessage(
                        "it was being restored when that was interrupted; restore it again with --replace");
        assertThat(run("restore", "--replace", backup.toString(), "--maru.data-dir=" + data)
                        .code())
                .isZero();
        assertThat(exported(data)).hasSize(2);
    }

    @Test
    void saysThatThereIsNoData() throws IOException {
        assertThat(backup().error()).contains("there is none").hasLineCount(1);
        assertThat(run("export", folder.resolve("lines").toString(), "--maru.data-dir=" + data)
                        .code())
                .isOne();
        assertThat(Files.exists(data)).isFalse();
    }

    @Test
    void exportsRoomsAndTheirMessagesInOrder() throws IOException {
        fill();

        assertThat(exported(data))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"offset\":1", "\"message\":\"첫 번째\""),
                        line -> assertThat(line).contains("\"offset\":2", "\"message\":\"second\""));
        assertThat(Files.readAllLines(folder.resolve("lines-data/rooms.jsonl")))
                .anySatisfy(line -> assertThat(line).contains("\"id\":\"Tea\"", "\"head\":2"))
                .anySatisfy(line -> assertThat(line).contains("\"id\":\"lobby\""));
        assertThat(run("export", folder.resolve("lines-data").toString(), "--maru.data-dir=" + data)
                        .error())
                .contains("is not an empty folder");
    }

    /** Two messages in the room Tea, the first of them archived; returns the position of the second. */
    private StreamPosition fill() {
        try (Database database = Database.sqlite(data, DatabaseSettings.defaults());
                ChatStore chat = ChatStore.open(database, ChatLimits.defaults(), () -> THEN)) {
            talk(chat, "첫 번째");
            chat.search().catchUp().toCompletableFuture().join();
            archive(database, chat);
            return talk(chat, "second");
        }
    }

    private void archive(Database database, ChatStore chat) {
        Duration keep = Duration.ofDays(1);
        try (Archiver archiver = new Archiver(
                database, chat.rooms(), data.resolve("archive"), keep, () -> THEN.plus(keep.multipliedBy(2)))) {
            archiver.start();
            Awaitility.await()
                    .until(() -> chat.rooms()
                                    .find("Tea")
                                    .toCompletableFuture()
                                    .join()
                                    .orElseThrow()
                                    .oldest()
                            == 2);
        }
    }

    private void talkOnceMore() {
        try (Database database = Database.sqlite(data, DatabaseSettings.defaults());
                ChatStore chat = ChatStore.open(database, ChatLimits.defaults(), () -> THEN)) {
            talk(chat, "after the backup");
        }
    }

    private static StreamPosition talk(ChatStore chat, String text) {
        return chat.messages()
                .talk(new TalkRequest("Tea", Author.guest("민수"), text, null))
                .toCompletableFuture()
                .join()
                .position();
    }

    private Answer backup() {
        return run("backup", backup.toString(), "--maru.data-dir=" + data);
    }

    private Answer restore(Path into) {
        return run("restore", backup.toString(), "--maru.data-dir=" + into);
    }

    private List<String> exported(Path from) throws IOException {
        Path lines = folder.resolve("lines-" + from.getFileName());
        assertThat(run("export", lines.toString(), "--maru.data-dir=" + from).error())
                .isEmpty();
        return Files.readAllLines(lines.resolve("messages/+tea.jsonl"));
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Answer run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OptionalInt code = Commands.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Answer(
                code.orElseThrow(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private record Answer(int code, String answer, String error) {}
}
