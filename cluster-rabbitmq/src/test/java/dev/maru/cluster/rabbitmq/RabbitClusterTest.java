package dev.maru.cluster.rabbitmq;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.testkit.ClusterContract;
import dev.maru.testkit.CuttableLink;
import dev.maru.testkit.RabbitMqServer;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Engines that meet at a real RabbitMQ, out of reach by a cut in the network. */
class RabbitClusterTest extends ClusterContract {
    private final String cluster = UUID.randomUUID().toString();
    private CuttableLink link;

    @BeforeEach
    void connect() throws IOException {
        link = new CuttableLink(RabbitMqServer.shared().port());
    }

    @AfterEach
    void disconnect() {
        link.close();
    }

    @Override
    protected ClusterBroker newBroker() {
        return new RabbitClusterBroker(RabbitAddress.of("127.0.0.1", link.port()), cluster);
    }

    @Override
    protected void stopServer() throws IOException {
        link.cut();
    }

    @Override
    protected void startServer() throws IOException {
        link.mend();
    }
}
