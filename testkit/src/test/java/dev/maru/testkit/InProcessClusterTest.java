package dev.maru.testkit;

import dev.maru.engine.cluster.ClusterBroker;

class InProcessClusterTest extends ClusterContract {
    private final InProcessClusterBroker.Hub hub = new InProcessClusterBroker.Hub();

    @Override
    protected ClusterBroker newBroker() {
        return hub.newBroker();
    }

    @Override
    protected void stopServer() {
        hub.stop();
    }

    @Override
    protected void startServer() {
        hub.start();
    }
}
