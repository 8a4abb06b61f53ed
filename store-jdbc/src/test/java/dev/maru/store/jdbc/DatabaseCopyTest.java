package dev.maru.store.jdbc;

import static dev.maru.store.jdbc.TrialDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.history.LogUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseCopyTest {

    private static final Read<String> EPOCH = sql ->
            sql.first("SELECT epoch FROM maru_store", row -> row.getString(1)).orElseThrow();

    @TempDir
    private Path folder;

    @Test
    void hasWhatWasStoredBeforeAndNothingThatComesLater() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (TrialDatabase trial = TrialDatabase.in(folder.resolve("data"))) {
            await(trial.submit("before"));
            DatabaseCopy.write(folder.resolve("data"), copy);
            await(trial.submit("after"));

            assertThat(texts(copy)).isEqualTo("before");
            assertThat(DatabaseCopy.read(folder.resolve("data"), DatabaseCopyTest::readTexts))
                    .isEqualTo("before,after");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
    }

    @Test
    void beginsAnotherLifeWhenItIsRenewed() {
        Path copy = folder.resolve("copy.db");
        String first;
        try (Database database = Database.sqlite(folder.resolve("data"), DatabaseSettings.defaults())) {
            first = database.epoch();
            DatabaseCopy.write(folder.resolve("data"), copy);
        }
        assertThat(DatabaseCopy.ask(copy, EPOCH)).isEqualTo(first);

        String renewed = DatabaseCopy.renew(copy);

        assertThat(DatabaseCopy.ask(copy, EPOCH)).isEqualTo(renewed).isNotEqualTo(first);
        assertThat(folder).isDirectoryNotContaining("glob:**copy.db-*");
    }

    @Test
    void findsThatACopyIsDamaged() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (Database _ = Database.sqlite(folder.resolve("data"), DatabaseSettings.defaults())) {
            DatabaseCopy.write(folder.resolve("data"), copy);
        }
        byte[] bytes = Files.readAllBytes(copy);
        for (int i = 4096; i < bytes.length - 4096; i += 7) {
            bytes[i] ^= 0x55;
        }
        Files.write(copy, bytes);

        assertThatThrownBy(() -> DatabaseCopy.renew(copy)).isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void makesNoDatabaseByLookingForOne() {
        assertThatThrownBy(() -> DatabaseCopy.read(folder, EPOCH))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> DatabaseCopy.write(folder, folder.resolve("copy.db")))
                .isInstanceOf(LogUnavailableException.class);
        assertThat(folder).isEmptyDirectory();
    }

    private static String texts(Path copy) {
        return DatabaseCopy.ask(copy, DatabaseCopyTest::readTexts);
    }

    private static String readTexts(Sql sql) throws SQLException {
        return String.join(",", sql.list("SELECT text FROM maru_trial ORDER BY id", row -> row.getString(1)));
    }
}
