package dev.maru.benchmarks.cluster;

import dev.maru.cluster.rabbitmq.RabbitAddress;
import dev.maru.cluster.rabbitmq.RabbitClusterBroker;
import dev.maru.cluster.redis.ChannelKind;
import dev.maru.cluster.redis.RedisAddress;
import dev.maru.cluster.redis.RedisClusterBroker;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.testkit.RabbitMqServer;
import dev.maru.testkit.RedisServer;
import java.io.IOException;

/** A broker that can be measured: how its server is started, and how a node connects to it. */
enum BrokerKind {
    REDIS {
        @Override
        Server start() throws IOException {
            RedisServer server = RedisServer.start();
            return new Server(server.port(), server);
        }

        @Override
        ClusterBroker connect(int port) {
            return new RedisClusterBroker(RedisAddress.of("redis://127.0.0.1:" + port), "cost", ChannelKind.AUTO);
        }
    },
    RABBITMQ {
        @Override
        Server start() throws IOException {
            RabbitMqServer server = RabbitMqServer.start();
            return new Server(server.port(), server);
        }

        @Override
        ClusterBroker connect(int port) {
            return new RabbitClusterBroker(RabbitAddress.of("localhost", port), "cost");
        }
    };

    /** A server that runs, and how to end it. */
    record Server(int port, AutoCloseable end) {}

    abstract Server start() throws Exception;

    abstract ClusterBroker connect(int port);
}
