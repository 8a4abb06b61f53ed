package dev.maru.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.testkit.PostgresServer;
import dev.maru.testkit.QueueStoreContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

final class PostgresQueueStoreTest extends QueueStoreContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private HikariDataSource pool;
    private Database database;

    @AfterEach
    void close() {
        database.close();
        pool.close();
    }

    @Override
    protected QueueStore openEmpty(QueueLimits limits) {
        pool = PostgresServer.pool("queues_" + NUMBER.incrementAndGet());
        database = Database.of(pool, DatabaseSettings.defaults());
        return JdbcQueueStore.open(database, limits);
    }
}
