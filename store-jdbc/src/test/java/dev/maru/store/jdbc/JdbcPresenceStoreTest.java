package dev.maru.store.jdbc;

import dev.maru.engine.presence.PresenceStore;
import dev.maru.testkit.PresenceStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class JdbcPresenceStoreTest extends PresenceStoreContract {

    @TempDir
    private Path folder;

    private Database database;

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected PresenceStore openEmpty() {
        database = Database.sqlite(folder, DatabaseSettings.defaults());
        return new JdbcPresenceStore(database, InstantSource.system());
    }

    @Override
    protected PresenceStore reopen() {
        database.close();
        return openEmpty();
    }
}
