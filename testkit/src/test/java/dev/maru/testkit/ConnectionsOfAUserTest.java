package dev.maru.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.Engine;
import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.cluster.ClusterSettings;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.SessionUser;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit of a user's connections, over two nodes. */
class ConnectionsOfAUserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final EventExecutor LOOP = new DefaultEventExecutor();

    private final InProcessClusterBroker.Hub hub = new InProcessClusterBroker.Hub();
    private final Node one = new Node(new UnreliableClusterBroker(hub.newBroker(), 1));
    private final Node other = new Node(new UnreliableClusterBroker(hub.newBroker(), 1));

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void countsTheConnectionsOnAllNodes() {
        EngineClient first = one.connect("jane");
        one.connect("jane");
        one.connect("kim");
        assertThat(one.full("jane")).isFalse();
        other.connect("jane");

        await().atMost(PATIENCE).until(() -> one.full("jane") && other.full("jane"));
        assertThat(one.full("kim") || other.full("kim")).isFalse();
        first.close(CloseReason.DISCONNECTED);
        await().atMost(PATIENCE).until(() -> !one.full("jane") && !other.full("jane"));
    }

    @Test
    void findsOutWhatItWasNotTold() {
        one.broker.silent(true);
        for (int i = 0; i < 3; i++) {
            one.connect("jane");
        }
        await().atMost(PATIENCE).until(() -> one.full("jane"));
        await().during(Duration.ofMillis(200)).until(() -> !other.full("jane"));
        one.broker.silent(false);

        await().atMost(PATIENCE).until(() -> other.full("jane"));
    }

    private static final class Node {
        private final UnreliableClusterBroker broker;
        private final Cluster cluster;
        private final Engine engine;

        Node(UnreliableClusterBroker broker) {
            this.broker = broker;
            this.cluster = Cluster.of(broker, ClusterSettings.DEFAULT);
            this.engine = Engine.builder()
                    .cluster(cluster)
                    .connectionsPerUser(3)
                    .authenticator((session, connect) ->
                            CompletableFuture.completedStage(new SessionUser(connect.get("login"), false)))
                    .build();
        }

        EngineClient connect(String login) {
            int before = engine.registry().connectionsOf(login);
            EngineClient client = new EngineClient(engine, LOOP, login);
            await().atMost(PATIENCE).until(() -> engine.registry().connectionsOf(login) > before);
            return client;
        }

        boolean full(String user) {
            return engine.registry().full(user);
        }

        void close() {
            engine.close();
            cluster.close();
        }
    }
}
