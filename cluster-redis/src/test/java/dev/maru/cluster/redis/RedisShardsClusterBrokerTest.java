package dev.maru.cluster.redis;

import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.testkit.ClusterBrokerContract;
import dev.maru.testkit.RedisServer;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a Redis Cluster of two servers, each with half of the slots. */
class RedisShardsClusterBrokerTest extends ClusterBrokerContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static RedisServer first;
    private static RedisServer second;

    private final String cluster = UUID.randomUUID().toString();

    @BeforeAll
    static void startRedis() throws Exception {
        first = server();
        second = server();
        first.control("CLUSTER", "SET-CONFIG-EPOCH", "1");
        second.control("CLUSTER", "SET-CONFIG-EPOCH", "2");
        first.control("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
        second.control("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
        String busPort =
                second.control("CONFIG", "GET", "cluster-port").lines().toList().get(1);
        first.control("CLUSTER", "MEET", "127.0.0.1", Integer.toString(second.port()), busPort);
        await().atMost(PATIENCE).until(() -> isWhole(first) && isWhole(second));
    }

    @AfterAll
    static void stopRedis() throws IOException {
        for (RedisServer server : new RedisServer[] {first, second}) {
            if (server != null) {
                server.close();
            }
        }
    }

    @Override
    protected ClusterBroker newBroker() {
        RedisURI either = RedisURI.create(second.uri());
        either.setTimeout(Duration.ofSeconds(10));
        return new RedisClusterBroker(
                new RedisAddress(List.of(either), true, SslOptions.create()), cluster, ChannelKind.AUTO);
    }

    @Override
    protected void stopServer() {
        first.kill();
        second.kill();
    }

    @Override
    protected void startServer() throws IOException {
        first.restart();
        second.restart();
    }

    private static RedisServer server() throws IOException {
        return RedisServer.start(
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                "1000",
                "--cluster-port",
                Integer.toString(RedisServer.freePort()));
    }

    private static boolean isWhole(RedisServer server) throws Exception {
        String info = server.control("CLUSTER", "INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:2");
    }
}
