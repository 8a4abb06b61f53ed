package dev.maru.cluster.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.testkit.NumberedStream;
import dev.maru.testkit.RecordingReceiver;
import dev.maru.testkit.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nodes notice when the server, or one of them, does not do its part. */
class RedisOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 257;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void whatWasConfirmedIsHeardOrMissedKnowingly() throws Exception {
        RedisServer server = server();
        RecordingReceiver heard = new RecordingReceiver();
        RedisClusterBroker listener = node(RedisAddress.of(server.uri()), heard);
        listener.listen(7).toCompletableFuture().join();
        RedisClusterBroker publisher = node(RedisAddress.of(server.uri()), new RecordingReceiver());
        NumberedStream stream = NumberedStream.start(publisher, 7);

        await().atMost(PATIENCE).until(() -> stream.confirmed() > 5_000);
        server.kill();
        await().atMost(PATIENCE).until(() -> heard.count(RecordingReceiver.DISCONNECTED) == 1);
        server.restart();
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
    void aHundredThousandDestinationsMakeNoFurtherChannelsOrConnections() throws Exception {
        RedisServer server = server();
        RedisClusterBroker node = node(RedisAddress.of(server.uri()), new RecordingReceiver());
        try (RedisClient client = RedisClient.create(server.uri())) {
            var redis = client.connect().sync();
            long connections = redis.clientList().lines().count();
            for (int first = 0; first < 100_000; first += 1_000) {
                List<CompletableFuture<Void>> stages = new ArrayList<>();
                for (int room = first; room < first + 1_000; room++) {
                    int partition = Math.floorMod(("/topic/public/" + room).hashCode(), PARTITIONS - 1);
                    stages.add(node.listen(partition).toCompletableFuture());
                    if (room % 10 == 0) {
                        stages.add(node.publish(partition, new byte[8]).toCompletableFuture());
                    }
                }
                CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new))
                        .join();
            }
            assertThat(redis.pubsubShardChannels()).hasSizeLessThan(PARTITIONS);
            assertThat(redis.pubsubChannels()).isEmpty();
            assertThat(redis.clientList().lines()).hasSize((int) connections);
            assertThat(redis.dbsize()).isZero();
        }
    }

    @Test
    void aNodeThatDoesNotReadIsCutOffAloneAndComesBack() throws Exception {
        RedisServer server = RedisServer.start("--client-output-buffer-limit", "pubsub", "8mb", "4mb", "5");
        open.add(server);
        CountDownLatch release = new CountDownLatch(1);
        open.add(release::countDown);
        Stuck stuck = new Stuck(release);
        RedisClusterBroker slow = node(RedisAddress.of(server.uri()), stuck);
        slow.listen(1).toCompletableFuture().join();
        RecordingReceiver healthy = new RecordingReceiver();
        node(RedisAddress.of(server.uri()), healthy)
                .listen(1)
                .toCompletableFuture()
                .join();
        RedisClusterBroker publisher = node(RedisAddress.of(server.uri()), new RecordingReceiver());

        String large = "x".repeat(100_000);
        for (int i = 0; i < 500; i++) {
            publisher.publish(1, large.getBytes(UTF_8)).toCompletableFuture().join();
        }

        await().atMost(PATIENCE).until(() -> healthy.count(large) == 500);
        assertThat(healthy.count(RecordingReceiver.DISCONNECTED)).isZero();
        assertThat(publisher.isConnected()).isTrue();
        release.countDown();
        await().atMost(PATIENCE).until(() -> stuck.heard.count(RecordingReceiver.CONNECTED) == 2);
        assertThat(stuck.heard.count(RecordingReceiver.DISCONNECTED)).isEqualTo(1);
        publisher.publish(1, "again".getBytes(UTF_8)).toCompletableFuture().join();
        await().atMost(PATIENCE).until(() -> stuck.heard.count("again") == 1);
    }

    @Test
    void aServerThatDoesNotAnswerCountsAsGone() throws Exception {
        RedisServer server = server();
        RedisURI impatient = RedisURI.create(server.uri());
        impatient.setTimeout(Duration.ofSeconds(1));
        RecordingReceiver heard = new RecordingReceiver();
        RedisClusterBroker node = node(new RedisAddress(List.of(impatient), false, SslOptions.create()), heard);
        node.listen(1).toCompletableFuture().join();

        server.signal("STOP");
        CompletableFuture<Void> hanging = node.publish(1, new byte[8]).toCompletableFuture();
        await().atMost(PATIENCE).until(() -> heard.count(RecordingReceiver.DISCONNECTED) == 1);
        await().atMost(PATIENCE).until(hanging::isCompletedExceptionally);
        server.signal("CONT");

        await().atMost(PATIENCE).until(() -> heard.count(RecordingReceiver.CONNECTED) == 2);
        node.publish(1, "again".getBytes(UTF_8)).toCompletableFuture().join();
        await().atMost(PATIENCE).until(() -> heard.count("again") == 1);
    }

    private RedisServer server() throws Exception {
        RedisServer server = RedisServer.start();
        open.add(server);
        return server;
    }

    private RedisClusterBroker node(RedisAddress address, ClusterReceiver receiver) {
        RedisClusterBroker node = new RedisClusterBroker(address, "outage", ChannelKind.AUTO);
        open.add(node);
        node.start(PARTITIONS, receiver);
        await().atMost(PATIENCE).until(node::isConnected);
        return node;
    }

    /** Reads nothing until it is released. */
    private record Stuck(CountDownLatch release, RecordingReceiver heard) implements ClusterReceiver {
        Stuck(CountDownLatch release) {
            this(release, new RecordingReceiver());
        }

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
