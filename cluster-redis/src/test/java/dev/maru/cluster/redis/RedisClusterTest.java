package dev.maru.cluster.redis;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.testkit.ClusterContract;
import dev.maru.testkit.RedisServer;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Engines that meet at a real Redis. */
class RedisClusterTest extends ClusterContract {
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

    @Override
    protected ClusterBroker newBroker() {
        return new RedisClusterBroker(RedisAddress.of(server.uri()), cluster, ChannelKind.AUTO);
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
