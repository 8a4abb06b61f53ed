package dev.maru.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.maru.engine.presence.PresenceStore;
import dev.maru.testkit.PostgresServer;
import dev.maru.testkit.PresenceStoreContract;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

final class PostgresPresenceStoreTest extends PresenceStoreContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private HikariDataSource pool;
    private Database database;

    @AfterEach
    void close() {
        database.close();
        pool.close();
    }

    @Override
    protected PresenceStore openEmpty() {
        pool = PostgresServer.pool("presence_" + NUMBER.incrementAndGet());
        return open();
    }

    @Override
    protected PresenceStore reopen() {
        database.close();
        return open();
    }

    private PresenceStore open() {
        database = Database.of(pool, DatabaseSettings.defaults());
        return new JdbcPresenceStore(database, InstantSource.system());
    }
}
