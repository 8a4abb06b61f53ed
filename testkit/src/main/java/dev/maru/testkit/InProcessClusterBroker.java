package dev.maru.testkit;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ClusterUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A broker for nodes that are all in this process: the plainest one that keeps the contract.
 *
 * <p>Safe for any thread; parcels arrive on the thread that publishes, under the hub's lock.
 */
public final class InProcessClusterBroker implements ClusterBroker {
    private final Hub hub;
    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    private @Nullable ClusterReceiver receiver;

    private InProcessClusterBroker(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void start(int count, ClusterReceiver receiver) {
        this.receiver = receiver;
        hub.enter(this);
    }

    @Override
    public CompletionStage<Void> listen(int partition) {
        partitions.add(partition);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void ignore(int partition) {
        partitions.remove(partition);
    }

    @Override
    public CompletionStage<Void> publish(int partition, byte[] parcel) {
        return hub.publish(this, partition, parcel);
    }

    @Override
    public boolean isConnected() {
        return hub.isUp() && hub.nodes.contains(this);
    }

    @Override
    public void close() {
        hub.nodes.remove(this);
    }

    private ClusterReceiver receiver() {
        if (receiver == null) {
            throw new IllegalStateException("not started");
        }
        return receiver;
    }

    /** Where the nodes of one cluster meet. Safe for any thread. */
    public static final class Hub {
        private final List<InProcessClusterBroker> nodes = new CopyOnWriteArrayList<>();
        private boolean up = true;

        /** Another node's broker. */
        public ClusterBroker newBroker() {
            return new InProcessClusterBroker(this);
        }

        /** Cuts all nodes off. */
        public synchronized void stop() {
            up = false;
            nodes.forEach(node -> node.receiver().onDisconnected(new ClusterUnavailableException("the hub stopped")));
        }

        /** Connects all nodes. */
        public synchronized void start() {
            up = true;
            nodes.forEach(node -> node.receiver().onConnected());
        }

        private synchronized boolean isUp() {
            return up;
        }

        private synchronized void enter(InProcessClusterBroker node) {
            nodes.add(node);
            if (up) {
                node.receiver().onConnected();
            }
        }

        private synchronized CompletionStage<Void> publish(InProcessClusterBroker from, int partition, byte[] parcel) {
            if (!up || !nodes.contains(from)) {
                return CompletableFuture.failedStage(new ClusterUnavailableException("the hub is not connected"));
            }
            for (InProcessClusterBroker node : nodes) {
                if (node.partitions.contains(partition)) {
                    node.receiver().onParcel(partition, parcel.clone());
                }
            }
            return CompletableFuture.completedStage(null);
        }
    }
}
