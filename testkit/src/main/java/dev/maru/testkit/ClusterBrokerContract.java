package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ClusterUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ClusterBroker} must do, against its real server. All nodes of one test meet; those of other tests
 * may use the same server at the same time and must not be noticed.
 *
 * <p>Each test has its own instance; the tests themselves start no threads.
 */
public abstract class ClusterBrokerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 16;
    private static final int MEGABYTE = 1 << 20;

    private final List<Node> nodes = new ArrayList<>();

    /** A broker that is not started, for a node of this test's cluster. */
    protected abstract ClusterBroker newBroker();

    /** Makes the server unreachable for the nodes of this test, as if it had died. */
    protected abstract void stopServer() throws Exception;

    /** Makes it reachable again, at the same address. */
    protected abstract void startServer() throws Exception;

    @AfterEach
    final void closeNodes() {
        nodes.forEach(node -> node.broker.close());
    }

    @Test
    protected void carriesAParcelToEveryNodeThatListens() {
        Node first = node();
        Node second = node();
        Node deaf = node();
        listen(first, 3);
        listen(second, 3);
        listen(deaf, 4);

        publish(first, 3, "hello");
        publish(first, 4, "others");

        second.awaitParcels(3, "hello");
        deaf.awaitParcels(4, "others");
        assertThat(deaf.parcels(3)).isEmpty();
        assertThat(second.parcels(4)).isEmpty();
    }

    @Test
    protected void keepsTheOrderOfEachNode() {
        Node first = node();
        Node second = node();
        Node listener = node();
        listen(listener, 0);

        List<CompletionStage<Void>> sent = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sent.add(first.broker.publish(0, ("a" + i).getBytes(UTF_8)));
            sent.add(second.broker.publish(0, ("b" + i).getBytes(UTF_8)));
        }
        sent.forEach(ClusterBrokerContract::done);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(listener.parcelsOf(0, 'a')).isEqualTo(numbered('a', 1000));
            assertThat(listener.parcelsOf(0, 'b')).isEqualTo(numbered('b', 1000));
        });
    }

    @Test
    protected void hearsEverythingThatIsPublishedOnceListeningIsConfirmed() {
        Node publisher = node();
        Node listener = node();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            listen(listener, partition);
            publish(publisher, partition, "at once");
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            listener.awaitParcels(partition, "at once");
        }
    }

    @Test
    protected void hearsNothingMoreOnceItIgnoresAPartition() {
        Node publisher = node();
        Node listener = node();
        listen(listener, 1);
        listen(listener, 2);
        publish(publisher, 1, "before");
        listener.awaitParcels(1, "before");

        listener.broker.ignore(1);
        listener.broker.ignore(1);
        listen(listener, 1);
        publish(publisher, 1, "again");
        listener.awaitParcels(1, "before", "again");

        listener.broker.ignore(1);
        await().atMost(PATIENCE).untilAsserted(() -> {
            int heard = listener.raw(1).size();
            int marks = listener.raw(2).size();
            publish(publisher, 1, "late");
            publish(publisher, 2, "after");
            await().atMost(PATIENCE).until(() -> listener.raw(2).size() > marks);
            assertThat(listener.raw(1)).hasSize(heard);
        });
    }

    @Test
    protected void listeningTwiceIsListeningOnce() {
        Node node = node();
        Node publisher = node();
        listen(node, 5);
        listen(node, 5);
        publish(publisher, 5, "once");
        publish(publisher, 5, "end");
        node.awaitParcels(5, "once", "end");
    }

    @Test
    protected void carriesBytesOfAnyKindAndSize() {
        Node publisher = node();
        Node listener = node();
        listen(listener, 7);
        byte[] every = new byte[MEGABYTE];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        done(publisher.broker.publish(7, every));
        done(publisher.broker.publish(7, new byte[0]));
        await().atMost(PATIENCE).until(() -> listener.raw(7).size() == 2);
        assertThat(listener.raw(7).get(0)).isEqualTo(every);
        assertThat(listener.raw(7).get(1)).isEmpty();
    }

    @Test
    protected void doesNotMindThatNobodyListens() {
        Node lonely = node();
        publish(lonely, 9, "is anybody there?");
        assertThat(lonely.broker.isConnected()).isTrue();
    }

    @Test
    protected void startsWithoutTheServerAndConnectsWhenItComes() throws Exception {
        stopServer();
        Node node = start();
        done(node.broker.listen(2));
        assertThat(node.broker.isConnected()).isFalse();
        assertUnavailable(node);

        startServer();
        node.awaitConnected(1);
        publish(node(), 2, "at last");
        node.awaitParcels(2, "at last");
    }

    @Test
    protected void comesBackByItselfWhenTheServerWasGone() throws Exception {
        Node publisher = node();
        Node listener = node();
        listen(listener, 6);
        publish(publisher, 6, "before");
        listener.awaitParcels(6, "before");

        stopServer();
        await().atMost(PATIENCE).until(() -> listener.disconnected.get() == 1 && publisher.disconnected.get() == 1);
        assertUnavailable(publisher);
        done(listener.broker.listen(8));
        startServer();

        publisher.awaitConnected(2);
        listener.awaitConnected(2);
        publish(publisher, 6, "after");
        publish(publisher, 8, "new");
        listener.awaitParcels(6, "before", "after");
        listener.awaitParcels(8, "new");
        assertThat(listener.disconnected).hasValue(1);
    }

    @Test
    protected void closesQuietlyWhetherTheServerIsThereOrNot() throws Exception {
        Node node = node();
        listen(node, 1);
        node.broker.close();
        node.broker.close();
        assertUnavailable(node);
        assertThat(node.disconnected).hasValue(0);
        Node other = node();
        stopServer();
        assertThatCode(other.broker::close).doesNotThrowAnyException();
        startServer();
    }

    private Node node() {
        Node node = start();
        node.awaitConnected(1);
        return node;
    }

    private Node start() {
        Node node = new Node(newBroker());
        nodes.add(node);
        node.broker.start(PARTITIONS, node);
        return node;
    }

    private static void listen(Node node, int partition) {
        done(node.broker.listen(partition));
    }

    private static void publish(Node node, int partition, String text) {
        done(node.broker.publish(partition, text.getBytes(UTF_8)));
    }

    private static void assertUnavailable(Node node) {
        assertThatThrownBy(() -> publish(node, 0, "lost"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ClusterUnavailableException.class);
    }

    private static void done(CompletionStage<Void> stage) {
        stage.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static List<String> numbered(char prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "" + i).toList();
    }

    /** A node, and what it was told. */
    private static final class Node implements ClusterReceiver {
        private final ClusterBroker broker;
        private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
        private final AtomicInteger connected = new AtomicInteger();
        private final AtomicInteger disconnected = new AtomicInteger();

        private record Arrived(int partition, byte[] parcel) {}

        Node(ClusterBroker broker) {
            this.broker = broker;
        }

        @Override
        public void onParcel(int partition, byte[] parcel) {
            arrived.add(new Arrived(partition, parcel));
        }

        @Override
        public void onConnected() {
            connected.incrementAndGet();
        }

        @Override
        public void onDisconnected(Throwable cause) {
            disconnected.incrementAndGet();
        }

        List<byte[]> raw(int partition) {
            return arrived.stream()
                    .filter(one -> one.partition == partition)
                    .map(Arrived::parcel)
                    .toList();
        }

        List<String> parcels(int partition) {
            return raw(partition).stream()
                    .map(parcel -> new String(parcel, UTF_8))
                    .distinct()
                    .toList();
        }

        /** Without repeats: those are allowed. */
        List<String> parcelsOf(int partition, char prefix) {
            return parcels(partition).stream()
                    .filter(text -> text.charAt(0) == prefix)
                    .toList();
        }

        void awaitParcels(int partition, String... expected) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(parcels(partition)).containsExactly(expected));
        }

        void awaitConnected(int times) {
            await().atMost(PATIENCE).until(() -> connected.get() >= times);
        }
    }
}
