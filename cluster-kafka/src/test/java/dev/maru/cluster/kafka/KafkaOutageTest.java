package dev.maru.cluster.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.ClusterReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link KafkaClusterBroker} promises beyond the contract. */
class KafkaOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 257;
    private static final int DESTINATIONS = 100_000;

    @TempDir
    private Path folder;

    private KafkaServer server;
    private Node publisher;
    private Node listener;

    private final class Node implements ClusterReceiver {
        private final KafkaClusterBroker broker =
                new KafkaClusterBroker(new KafkaSettings("outage", Map.of("bootstrap.servers", server.address())));
        private final Set<String> parcels = ConcurrentHashMap.newKeySet();
        private final AtomicInteger connected = new AtomicInteger();
        private final AtomicInteger disconnected = new AtomicInteger();

        Node() {
            broker.start(PARTITIONS, this);
            await().atMost(PATIENCE).until(() -> connected.get() == 1);
        }

        @Override
        public void onParcel(int partition, byte[] parcel) {
            parcels.add(new String(parcel, UTF_8));
        }

        @Override
        public void onConnected() {
            connected.incrementAndGet();
        }

        @Override
        public void onDisconnected(Throwable cause) {
            disconnected.incrementAndGet();
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new KafkaServer(folder);
        server.start();
        publisher = new Node();
        listener = new Node();
    }

    @AfterEach
    void end() {
        publisher.broker.close();
        listener.broker.close();
        server.close();
    }

    @Test
    void whatTheBrokerHasTakenArrivesThoughItIsKilledUnderLoad() throws Exception {
        listener.broker.listen(7).toCompletableFuture().join();
        Set<String> taken = ConcurrentHashMap.newKeySet();
        AtomicBoolean enough = new AtomicBoolean();
        Thread publishing = Thread.ofPlatform().start(() -> publishUntil(enough, taken));

        await().atMost(PATIENCE).until(() -> taken.size() > 5_000);
        server.kill();
        await().atMost(Duration.ofSeconds(8))
                .until(() -> publisher.disconnected.get() == 1 && listener.disconnected.get() == 1);
        int before = taken.size();
        server.start();
        await().atMost(PATIENCE).until(() -> taken.size() > before + 1_000);
        enough.set(true);
        publishing.join();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(listener.parcels.containsAll(taken)).isTrue());
        assertThat(listener.connected).hasValue(2);
    }

    private void publishUntil(AtomicBoolean enough, Set<String> taken) {
        for (int i = 0; !enough.get(); i++) {
            String text = "parcel " + i;
            CompletableFuture<Void> sent =
                    publisher.broker.publish(7, text.getBytes(UTF_8)).toCompletableFuture();
            sent.whenComplete((_, failure) -> {
                if (failure == null) {
                    taken.add(text);
                }
            });
            if (i % 256 == 0) {
                sent.exceptionally(_ -> null).join();
                await().atMost(PATIENCE).until(publisher.broker::isConnected);
            }
        }
    }

    @Test
    void manyDestinationsMakeOneTopicOfFewPartitions() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < DESTINATIONS; i++) {
            int partition = Math.floorMod(("/topic/room/" + i).hashCode(), PARTITIONS);
            all.add(listener.broker.listen(partition).toCompletableFuture());
            if (i % 100 == 0) {
                all.add(publisher.broker.publish(partition, new byte[] {1}).toCompletableFuture());
            }
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.address()))) {
            assertThat(admin.listTopics().names().get()).containsExactly("maru.outage.parcels");
            assertThat(admin.describeTopics(List.of("maru.outage.parcels"))
                            .allTopicNames()
                            .get()
                            .get("maru.outage.parcels")
                            .partitions())
                    .hasSize(33);
        }
    }
}
