package dev.maru.cluster.kafka;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.testkit.ClusterContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class KafkaClusterTest extends ClusterContract {

    @TempDir
    private static Path folder;

    private static KafkaServer server;

    private final KafkaSettings settings =
            new KafkaSettings(UUID.randomUUID().toString(), Map.of("bootstrap.servers", server.address()));

    @BeforeAll
    static void startKafka() throws Exception {
        server = new KafkaServer(folder);
        server.start();
    }

    @AfterAll
    static void endKafka() {
        server.close();
    }

    @Override
    protected ClusterBroker newBroker() {
        return new KafkaClusterBroker(settings);
    }

    @Override
    protected void stopServer() throws Exception {
        server.kill();
    }

    @Override
    protected void startServer() throws Exception {
        server.start();
    }
}
