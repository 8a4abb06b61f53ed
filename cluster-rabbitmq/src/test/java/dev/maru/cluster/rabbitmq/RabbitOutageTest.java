package dev.maru.cluster.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.testkit.NumberedStream;
import dev.maru.testkit.RabbitMqServer;
import dev.maru.testkit.RecordingReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nodes notice when the server, or one of them, does not do its part. */
class RabbitOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PARTITIONS = 257;

    private final String cluster = UUID.randomUUID().toString();
    private final List<AutoCloseable> open = new ArrayList<>();
    private RabbitMqServer server;

    @BeforeEach
    void findServer() throws Exception {
        server = RabbitMqServer.shared();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void whatWasConfirmedIsHeardOrMissedKnowingly() throws Exception {
        RecordingReceiver heard = new RecordingReceiver();
        RabbitClusterBroker listener = node(heard);
        listener.listen(7).toCompletableFuture().join();
        RabbitClusterBroker publisher = node(new RecordingReceiver());
        NumberedStream stream = NumberedStream.start(publisher, 7);

        await().atMost(PATIENCE).until(() -> stream.confirmed() > 5_000);
        server.kill();
        try {
            await().atMost(PATIENCE).until(() -> heard.count(RecordingReceiver.DISCONNECTED) == 1);
        } finally {
            server.restart();
        }
        await().atMost(PATIENCE).until(() -> heard.count(RecordingReceiver.CONNECTED) == 2 && publisher.isConnected());
        int before = stream.confirmed();
        await().atMost(PATIENCE).until(() -> stream.confirmed() > before + 1_000);
        stream.end();
        publisher
                .publish(7, Integer.toString(Integer.MAX_VALUE).getBytes(UTF_8))
                .toCompletableFuture()
                .join();
        await().atMost(PATIENCE).until(() -> heard.count(Integer.toString(Integer.MAX_VALUE)) == 1);

        stream.judge(heard.told());
    }

    @Test
    void aHundredThousandDestinationsMakeNoFurtherQueuesOrBindings() throws Exception {
        RabbitClusterBroker node = node(new RecordingReceiver());
        for (int first = 0; first < 100_000; first += 1_000) {
            List<CompletableFuture<Void>> stages = new ArrayList<>();
            for (int room = first; room < first + 1_000; room++) {
                int partition = Math.floorMod(("/topic/public/" + room).hashCode(), PARTITIONS - 1);
                stages.add(node.listen(partition).toCompletableFuture());
                stages.add(node.publish(partition, new byte[8]).toCompletableFuture());
            }
            CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).join();
        }
        assertThat(ours(server.control("list_queues", "--no-table-headers", "name")))
                .isEqualTo(2);
        // By partition, and the second queue's; the default exchange has one for each queue, too.
        assertThat(ours(server.control("list_bindings", "--no-table-headers", "destination_name")))
                .isEqualTo(256 + 3);
    }

    @Test
    void aNodeThatDoesNotReadLosesParcelsAloneAndIsTold() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        open.add(release::countDown);
        Stuck stuck = new Stuck(release, new RecordingReceiver());
        node(stuck, new NodeQueue.Bounds(100_000, 1_000_000, 50))
                .listen(1)
                .toCompletableFuture()
                .join();
        RecordingReceiver healthy = new RecordingReceiver();
        node(healthy).listen(1).toCompletableFuture().join();
        RabbitClusterBroker publisher = node(new RecordingReceiver());

        String large = "x".repeat(10_000);
        int count = 1_000;
        for (int i = 0; i < count; i++) {
            publisher.publish(1, large.getBytes(UTF_8)).toCompletableFuture().join();
        }

        await().atMost(PATIENCE).until(() -> healthy.count(large) == count);
        assertThat(healthy.count(RecordingReceiver.DISCONNECTED)).isZero();
        release.countDown();
        await().atMost(PATIENCE).until(() -> stuck.heard.count(RecordingReceiver.CONNECTED) == 2);
        assertThat(stuck.heard.count(RecordingReceiver.DISCONNECTED)).isEqualTo(1);
        publisher.publish(1, "again".getBytes(UTF_8)).toCompletableFuture().join();
        await().atMost(PATIENCE).until(() -> stuck.heard.count("again") == 1);
    }

    private long ours(String names) {
        return names.lines().filter(name -> name.contains(cluster)).count();
    }

    private RabbitClusterBroker node(ClusterReceiver receiver) {
        return node(receiver, NodeQueue.Bounds.DEFAULT);
    }

    private RabbitClusterBroker node(ClusterReceiver receiver, NodeQueue.Bounds bounds) {
        RabbitClusterBroker node =
                new RabbitClusterBroker(RabbitAddress.of("127.0.0.1", server.port()), cluster, bounds);
        open.add(node);
        node.start(PARTITIONS, receiver);
        await().atMost(PATIENCE).until(node::isConnected);
        return node;
    }

    /** Reads nothing until it is released. */
    private record Stuck(CountDownLatch release, RecordingReceiver heard) implements ClusterReceiver {
        @Override
        public void onParcel(int partition, byte[] parcel) {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.onParcel(partition, parcel);
        }

        @Override
        public void onConnected() {
            heard.onConnected();
        }

        @Override
        public void onDisconnected(Throwable cause) {
            heard.onDisconnected(cause);
        }
    }
}
