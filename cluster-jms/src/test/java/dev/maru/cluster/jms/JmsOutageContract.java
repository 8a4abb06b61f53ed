package dev.maru.cluster.jms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.ClusterReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link JmsClusterBroker} promises beyond the contract, for one broker. */
abstract class JmsOutageContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 257;
    private static final int DESTINATIONS = 100_000;

    private final String cluster = UUID.randomUUID().toString();
    private Node publisher;
    private Node listener;

    abstract TestBroker broker();

    private final class Node implements ClusterReceiver {
        private final JmsClusterBroker broker = new JmsClusterBroker("the broker", broker().factory(), cluster);
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
    final void start() {
        publisher = new Node();
        listener = new Node();
    }

    @AfterEach
    final void end() {
        publisher.broker.close();
        listener.broker.close();
    }

    @Test
    void answersAllThatIsOnItsWayWhenTheBrokerStopsUnderLoad() throws Exception {
        listener.broker.listen(7).toCompletableFuture().join();
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        AtomicInteger taken = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        Thread publishing = Thread.ofPlatform().start(() -> {
            while (!enough.get()) {
                sent.add(publish("load", taken));
                if (sent.size() % 256 == 0) {
                    sent.getLast().exceptionally(_ -> null).join();
                    await().atMost(PATIENCE).until(publisher.broker::isConnected);
                }
            }
        });

        await().atMost(PATIENCE).until(() -> taken.get() > 2_000);
        broker().stop();
        await().atMost(PATIENCE).until(() -> publisher.disconnected.get() == 1 && listener.disconnected.get() == 1);
        broker().start();
        await().atMost(PATIENCE).until(() -> publisher.connected.get() == 2 && listener.connected.get() == 2);
        enough.set(true);
        publishing.join();

        assertThat(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                        .handle((_, _) -> true)
                        .get(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(publish("after", taken).thenApply(_ -> true).join()).isTrue();
        await().atMost(PATIENCE).until(() -> listener.parcels.contains("after"));
    }

    private CompletableFuture<Void> publish(String text, AtomicInteger taken) {
        return publisher
                .broker
                .publish(7, text.getBytes(UTF_8))
                .thenRun(taken::incrementAndGet)
                .toCompletableFuture();
    }

    @Test
    void manyDestinationsMakeSeventeenTopics() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < DESTINATIONS; i++) {
            int partition = Math.floorMod(("/topic/room/" + i).hashCode(), PARTITIONS);
            all.add(listener.broker.listen(partition).toCompletableFuture());
            if (i % 100 == 0) {
                all.add(publisher.broker.publish(partition, new byte[] {1}).toCompletableFuture());
            }
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(broker().topics("maru." + cluster + ".")).isEqualTo(17);
    }

    @Test
    void ignoresWhatNoNodeHasSent() throws Exception {
        listener.broker.listen(7).toCompletableFuture().join();
        try (var context = broker().factory().createContext()) {
            var topic = context.createTopic("maru." + cluster + ".parcels.7");
            var producer = context.createProducer();
            producer.send(topic, "a text");
            producer.setProperty("maruPartition", "seven").send(topic, new byte[] {1});
            producer.setProperty("maruPartition", -7).send(topic, new byte[] {1});
        }
        publish("sound", new AtomicInteger()).join();
        await().atMost(PATIENCE).until(() -> listener.parcels.contains("sound"));
        assertThat(listener.parcels).containsExactly("sound");
        assertThat(listener.disconnected).hasValue(0);
    }
}
