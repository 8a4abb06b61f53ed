package dev.maru.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.message.MessageContent;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.engine.queue.QueuedMessage;
import dev.maru.testkit.QueueStoreContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdbcQueueStoreTest extends QueueStoreContract {

    @TempDir
    private Path folder;

    private Database database;

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected QueueStore openEmpty(QueueLimits limits) {
        database = Database.sqlite(folder, DatabaseSettings.defaults());
        return JdbcQueueStore.open(database, limits);
    }

    @Test
    void keepsWhatWaitsOverARestart() {
        put("a", "b", "c");
        TrialDatabase.await(store().apply(
                        List.of(new QueueChange.Acknowledge(lease(1).getFirst().lease()))));
        QueueStore reopened = reopen();

        assertThat(texts(TrialDatabase.await(reopened.lease("/queue/orders", 10))))
                .containsExactly("b", "c");
    }

    @Test
    void endsTheLeasesOfTheProcessBeforeAndKeepsTheirCount() {
        put("a");
        lease(1);
        QueueStore reopened = reopen();

        QueuedMessage again =
                TrialDatabase.await(reopened.lease("/queue/orders", 10)).getFirst();
        assertThat(again.lease().attempt()).isEqualTo(2);
    }

    @Test
    void leasesNoMoreThanFitsIntoTheMemory() {
        database.close();
        QueueStore large = openEmpty(new QueueLimits(100, 100_000_000, 10));
        for (int i = 0; i < 4; i++) {
            TrialDatabase.await(
                    large.apply(List.of(new QueueChange.Put("/queue/large", MessageContent.bytes(new byte[600_000])))));
        }

        assertThat(TrialDatabase.await(large.lease("/queue/large", 10))).hasSize(2);
        assertThat(TrialDatabase.await(large.lease("/queue/large", 10))).hasSize(2);
    }

    private QueueStore reopen() {
        database.close();
        return openEmpty(LIMITS);
    }
}
