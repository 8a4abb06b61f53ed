package dev.maru.store.jdbc;

import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.testkit.QueueNodesContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

final class PostgresQueueStoreTest extends QueueNodesContract {

    private final TrialNodes nodes = new TrialNodes();
    private final Map<QueueStore, Database> databases = new HashMap<>();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Override
    protected QueueStore openEmpty(QueueLimits limits) {
        return openAnother(limits);
    }

    @Override
    protected QueueStore openAnother(QueueLimits limits) {
        Database database = nodes.open();
        QueueStore store = JdbcQueueStore.open(database, limits);
        databases.put(store, database);
        return store;
    }

    @Override
    protected void lose(QueueStore store) {
        nodes.lose(databases.get(store));
    }
}
