package dev.maru.cluster.jms;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.testkit.ClusterBrokerContract;
import java.util.UUID;

/** The contract for one broker, which all its tests share. */
abstract class JmsClusterBrokerContract extends ClusterBrokerContract {
    private final String cluster = UUID.randomUUID().toString();

    abstract TestBroker broker();

    @Override
    protected ClusterBroker newBroker() {
        return new JmsClusterBroker("the broker", broker().factory(), cluster);
    }

    @Override
    protected void stopServer() throws Exception {
        broker().stop();
    }

    @Override
    protected void startServer() throws Exception {
        broker().start();
    }
}
