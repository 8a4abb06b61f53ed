package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.Engine;
import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.ClusterSettings;
import dev.maru.engine.message.MessageContent;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a cluster promises over any {@link ClusterBroker}, against its real server: engines with their clients, and a
 * store that they share.
 *
 * <p>Each test has its own instance and its own cluster.
 */
public abstract class ClusterContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROOM = "/topic/kept/room";
    private static final String PLAIN = "/topic/plain";
    private static final int PARTITIONS = 8;
    private static final ClusterSettings SETTINGS =
            new ClusterSettings(PARTITIONS, 16L << 20, Duration.ofSeconds(3), Duration.ofSeconds(600));
    private static final EventExecutor LOOP = new DefaultEventExecutor();

    private final SharedLog store = new SharedLog();
    private final List<Node> nodes = new ArrayList<>();

    /** A broker that is not started, for a node of this test's cluster. */
    protected abstract ClusterBroker newBroker();

    /** Makes the server unreachable for the nodes of this test, as if it had died. */
    protected abstract void stopServer() throws Exception;

    /** Makes it reachable again, at the same address. */
    protected abstract void startServer() throws Exception;

    @AfterEach
    final void closeNodes() {
        nodes.forEach(Node::close);
    }

    @Test
    protected void everySubscriberOnEveryNodeGetsEachStoredMessageOnceInOneOrder() {
        List<Node> three = meet(3);
        List<EngineClient> clients = subscribers(three, ROOM);
        publishAtOnce(three, ROOM, 200);
        assertOneOrder(clients, 600);
    }

    @Test
    protected void theSameWhenTheBrokerLosesRepeatsAndReorders() {
        List<Node> three = meet(3);
        List<EngineClient> clients = subscribers(three, ROOM);
        three.forEach(node -> node.broker.fail(15));
        publishAtOnce(three, ROOM, 200);
        three.forEach(node -> node.broker.fail(0));
        assertOneOrder(clients, 600);
    }

    @Test
    protected void theLastMessageBeforeASilenceReachesEverybody() {
        List<Node> two = meet(2);
        EngineClient client = two.get(1).client().subscribe(ROOM);
        two.get(0).broker.silent(true);
        two.get(0).publish(ROOM, "last");
        two.get(0).broker.silent(false);
        awaitMessages(client, "last");
    }

    @Test
    protected void messagesThatAreKeptNowhereReachEverybodyInTheOrderOfTheirNode() {
        List<Node> two = meet(2);
        List<EngineClient> clients = subscribers(two, PLAIN);
        List<String> expected = IntStream.range(0, 300).mapToObj(i -> "m" + i).toList();
        expected.forEach(text -> two.get(0).publish(PLAIN, text));
        clients.forEach(client -> awaitMessages(client, expected.toArray(String[]::new)));
    }

    @Test
    protected void aMessageStraightAfterTheReceiptOfSubscribeIsNotLost() {
        List<Node> two = meet(2);
        for (int i = 0; i < 4 * PARTITIONS; i++) {
            String destination = PLAIN + "/" + i;
            EngineClient client = two.get(1).client().subscribe(destination);
            two.get(0).publish(destination, "at once");
            awaitMessages(client, "at once");
        }
    }

    @Test
    protected void subscriptionsByPatternHearOfAllNodes() {
        List<Node> two = meet(2);
        EngineClient client = two.get(1).client().subscribe("/topic/**");
        two.get(0).publish(PLAIN, "plain");
        await().atMost(PATIENCE).until(() -> client.messages().contains("plain"));
        two.get(0).publish(ROOM, "kept");
        awaitMessages(client, "plain", "kept");
    }

    @Test
    protected void catchesUpFromTheStoreWhenTheBrokerIsBack() throws Exception {
        List<Node> two = meet(2);
        EngineClient here = two.get(0).client().subscribe(ROOM);
        EngineClient there = two.get(1).client().subscribe(ROOM);
        two.get(0).publish(ROOM, "before");
        awaitMessages(there, "before");

        stopServer();
        await().atMost(PATIENCE).until(() -> two.stream().noneMatch(node -> node.cluster.isConnected()));
        two.get(0).publish(ROOM, "meanwhile");
        awaitMessages(here, "before", "meanwhile");
        EngineClient late = two.get(1).client().subscribe("/topic/kept/other");
        startServer();

        awaitMessages(there, "before", "meanwhile");
        two.get(0).publish("/topic/kept/other", "after");
        awaitMessages(late, "after");
    }

    @Test
    protected void whatANodeStoredBeforeItDiedReachesTheOthers() {
        List<Node> two = meet(2);
        EngineClient client = two.get(1).client().subscribe(ROOM);
        two.get(0).broker.silent(true);
        two.get(0).publish(ROOM, "last words");
        awaitMessages(client, "last words");
    }

    @Test
    protected void whatClientsSubscribeToMakesNothingAtTheBroker() {
        List<Node> two = meet(2);
        EngineClient client = two.get(1).client();
        for (int i = 0; i < 200; i++) {
            client.subscribe(PLAIN + "/" + i);
        }
        assertThat(two.get(1).broker.everListened()).isEqualTo(PARTITIONS + 1);
        assertThat(two.get(0).broker.everListened()).isEqualTo(1);
    }

    @Test
    protected void announcementsReachAllOthersAndDoubtFollowsAnOutage() throws Exception {
        List<Node> three = meet(3);
        List<String> heard = new CopyOnWriteArrayList<>();
        AtomicInteger doubts = new AtomicInteger();
        for (Node node : three) {
            node.cluster.onAnnounced("greeting", payload -> heard.add(new String(payload, UTF_8)));
        }
        three.get(0).cluster.announce("greeting", "hello".getBytes(UTF_8));
        three.get(0).cluster.announce("nobody listens", new byte[0]);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).containsExactly("hello", "hello"));

        three.get(1).cluster.onDoubt(doubts::incrementAndGet);
        stopServer();
        await().atMost(PATIENCE).until(() -> !three.get(1).cluster.isConnected());
        int before = doubts.get();
        startServer();
        await().atMost(PATIENCE).until(() -> doubts.get() > before);
    }

    /** Nodes that know of each other. */
    private List<Node> meet(int count) {
        for (int i = 0; i < count; i++) {
            nodes.add(new Node(new UnreliableClusterBroker(newBroker(), i), store));
        }
        await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(node -> node.cluster.others() == count - 1));
        return List.copyOf(nodes);
    }

    private static List<EngineClient> subscribers(List<Node> nodes, String destination) {
        List<EngineClient> clients = new ArrayList<>();
        for (Node node : nodes) {
            clients.add(node.client().subscribe(destination));
            clients.add(node.client().subscribe(destination));
        }
        return clients;
    }

    private static void publishAtOnce(List<Node> nodes, String destination, int each) {
        nodes.parallelStream().forEach(node -> {
            for (int i = 0; i < each; i++) {
                node.publish(destination, node.cluster.nodeId() + " " + i);
            }
        });
    }

    private static void assertOneOrder(List<EngineClient> clients, int count) {
        for (EngineClient client : clients) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(client.messages()).hasSizeGreaterThanOrEqualTo(count));
        }
        List<String> first = clients.getFirst().messages();
        assertThat(new HashSet<>(first)).hasSize(count);
        clients.forEach(client -> assertThat(client.messages()).isEqualTo(first));
    }

    private static void awaitMessages(EngineClient client, String... texts) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.messages()).containsExactly(texts));
    }

    private static final class Node {
        private final UnreliableClusterBroker broker;
        private final Cluster cluster;
        private final Engine engine;

        Node(UnreliableClusterBroker broker, SharedLog store) {
            this.broker = broker;
            this.cluster = Cluster.of(broker, SETTINGS);
            this.engine = Engine.builder()
                    .cluster(cluster)
                    .recoverable("/topic/kept/**", store.node())
                    .build();
        }

        EngineClient client() {
            return new EngineClient(engine, LOOP);
        }

        void publish(String destination, String text) {
            var _ = engine.publish(destination, MessageContent.bytes(text.getBytes(UTF_8)));
        }

        void close() {
            engine.close();
            cluster.close();
        }
    }
}
