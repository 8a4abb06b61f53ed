package dev.maru.store.jdbc;

import static dev.maru.store.jdbc.TrialDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.cluster.ClusterNews;
import dev.maru.engine.cluster.ClusterSettings;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.testkit.InProcessClusterBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QueueCallsTest {
    private final InProcessClusterBroker.Hub hub = new InProcessClusterBroker.Hub();
    private final Cluster here = Cluster.of(hub.newBroker(), ClusterSettings.DEFAULT);
    private final Cluster there = Cluster.of(hub.newBroker(), ClusterSettings.DEFAULT);
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void wakesTheOtherNodesLongBeforeTheyLookThemselves() {
        try (TrialNodes nodes = new TrialNodes()) {
            JdbcQueueStore store = JdbcQueueStore.open(nodes.open(Duration.ofMinutes(10)), QueueLimits.DEFAULT, here);
            JdbcQueueStore other = JdbcQueueStore.open(nodes.open(Duration.ofMinutes(10)), QueueLimits.DEFAULT, there);
            other.onWaiting(told::add);
            start();
            await(store.apply(List.of(new QueueChange.Put("/queue/주문", MessageContent.bytes(new byte[1])))));

            eventually(() -> assertThat(told).contains("/queue/주문"));
        }
    }

    @Test
    void tellsAgainWhatIsNewSinceItWasTold() {
        QueueCalls calls = calls();
        calls.call("/queue/a");
        eventually(() -> assertThat(told).hasSize(1));
        calls.call("/queue/a");
        calls.call("/queue/b");

        eventually(() -> assertThat(told).containsExactlyInAnyOrder("/queue/a", "/queue/a", "/queue/b"));
    }

    @Test
    void tellsOfManyMessagesFewTimes() {
        QueueCalls calls = calls();
        for (int i = 0; i < 100_000; i++) {
            calls.call("/queue/a");
        }
        calls.call("/queue/end");

        eventually(() -> assertThat(told).contains("/queue/end"));
        assertThat(told).hasSizeLessThan(5_000);
    }

    private QueueCalls calls() {
        new QueueCalls(there).hear(told::add);
        start();
        return new QueueCalls(here);
    }

    private void start() {
        here.start(new NoNews());
        there.start(new NoNews());
    }

    private static void eventually(Runnable assertion) {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).untilAsserted(assertion::run);
    }

    private static final class NoNews implements ClusterNews {
        @Override
        public void onStored(StoredMessage message) {}

        @Override
        public void onBroadcast(String destination, MessageContent content) {}

        @Override
        public void onHead(String destination, StreamPosition head) {}

        @Override
        public void onDoubt() {}
    }
}
