package dev.maru.cluster.redis;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.testkit.ClusterBrokerContract;
import dev.maru.testkit.RedisServer;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On sharded channels, as Redis 7 has them. */
class RedisClusterBrokerTest extends ClusterBrokerContract {
    private static RedisServer server;

    private final String cluster = UUID.randomUUID().toString();

    @BeforeAll
    static void startRedis() throws IOException {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    ChannelKind kind() {
        return ChannelKind.AUTO;
    }

    @Override
    protected ClusterBroker newBroker() {
        return new RedisClusterBroker(RedisAddress.of(server.uri()), cluster, kind());
    }

    @Override
    protected void stopServer() {
        server.kill();
    }

    @Override
    protected void startServer() throws IOException {
        server.restart();
    }
}
