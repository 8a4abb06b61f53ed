package dev.maru.store.jdbc;

import static dev.maru.store.jdbc.TrialDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.history.LogUnavailableException;
import dev.maru.engine.history.StreamPosition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {

    @TempDir
    private Path folder;

    @Test
    void makesAFolderThatOnlyItsOwnerCanRead() throws Exception {
        Path data = folder.resolve("new").resolve("data");
        try (TrialDatabase trial = TrialDatabase.in(data)) {
            await(trial.submit("something"));
            assertThat(permissions(data)).isEqualTo("rwx------");
            assertThat(permissions(data.resolve("maru.db"))).isEqualTo("rw-------");
            assertThat(permissions(data.resolve("maru.db-wal"))).isEqualTo("rw-------");
        }
    }

    @Test
    void keepsItsEpochForLife() {
        String first = epochOf(folder.resolve("a"));

        assertThat(epochOf(folder.resolve("a"))).isEqualTo(first);
        assertThat(epochOf(folder.resolve("b"))).isNotEqualTo(first);
        assertThat(new StreamPosition(first, 0).epoch()).isEqualTo(first);
    }

    @Test
    void isOpenOnlyOnce() {
        try (Database _ = Database.sqlite(folder, DatabaseSettings.defaults())) {
            assertThatThrownBy(() -> Database.sqlite(folder, DatabaseSettings.defaults()))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining(folder.toString());
        }
    }

    @Test
    void saysWhichFolderCannotBeUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertThatThrownBy(() -> Database.sqlite(file, DatabaseSettings.defaults()))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void writesAheadAndSyncsEveryCommit() {
        try (TrialDatabase trial = TrialDatabase.in(folder)) {
            assertThat(pragma(trial, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(trial, "synchronous")).isEqualTo("2");
            assertThat(pragma(trial, "foreign_keys")).isEqualTo("1");
        }
    }

    @Test
    void keepsAHistoryOfMigrationsForEachModule() {
        try (TrialDatabase trial = TrialDatabase.in(folder)) {
            trial.database().migrate("trial", "dev/maru/store/jdbc/trial");

            assertThat(tables(trial))
                    .contains("maru_history_store", "maru_history_trial", "maru_presence", "maru_store");
        }
    }

    @Test
    void saysWhichModulesTablesCannotBeMade() {
        try (TrialDatabase trial = TrialDatabase.in(folder)) {
            assertThatThrownBy(() -> trial.database().migrate("nothing", "dev/maru/nowhere"))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("nothing");
        }
    }

    @Test
    void hasEverythingCommittedInTheFilesOfAProcessThatIsGone() throws Exception {
        Path copy = folder.resolve("copy");
        try (TrialDatabase trial = TrialDatabase.in(folder.resolve("first"))) {
            await(trial.submit("a"));
            await(trial.submit("b"));
            copyFiles(folder.resolve("first"), copy);
        }

        try (TrialDatabase trial = TrialDatabase.in(copy)) {
            assertThat(trial.texts()).containsExactly("a", "b");
        }
    }

    private static void copyFiles(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        for (String name : List.of("maru.db", "maru.db-wal")) {
            Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String epochOf(Path folder) {
        try (Database database = Database.sqlite(folder, DatabaseSettings.defaults())) {
            return database.epoch();
        }
    }

    private static String pragma(TrialDatabase trial, String name) {
        return await(trial.database()
                .writer()
                .submit(sql ->
                        sql.first("PRAGMA " + name, row -> row.getString(1)).orElseThrow()));
    }

    private static List<String> tables(TrialDatabase trial) {
        return await(trial.database()
                .readers()
                .read(sql -> sql.list("SELECT name FROM sqlite_master WHERE type = 'table'", row -> row.getString(1))));
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
