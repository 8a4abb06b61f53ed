package dev.maru.cluster.rabbitmq;

import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ReconnectingClusterBroker;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Carries parcels through RabbitMQ: a direct exchange for the cluster, {@code maru.<cluster>.parcels}, and an exclusive
 * queue for each node, bound by the numbers of the partitions that it listens to. All of it goes with the nodes, and
 * nothing is written to disk. A parcel is published when the broker has confirmed it.
 *
 * <p>A node's queue is bounded. A node that does not keep up loses the oldest parcels, and is told so by
 * {@link ClusterReceiver#onDisconnected}. A broker that takes nothing, because it is short of memory or disk, counts as
 * gone.
 *
 * <p>Safe for any thread.
 */
public final class RabbitClusterBroker extends ReconnectingClusterBroker {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RabbitAddress address;
    private final String cluster;
    private final NodeQueue.Bounds bounds;

    /** @param cluster the nodes of one cluster meet under this name, others at the same broker under other names */
    public RabbitClusterBroker(RabbitAddress address, String cluster) {
        this(address, cluster, NodeQueue.Bounds.DEFAULT);
    }

    RabbitClusterBroker(RabbitAddress address, String cluster, NodeQueue.Bounds bounds) {
        super("RabbitMQ", PATIENCE);
        this.address = address;
        this.cluster = cluster;
        this.bounds = bounds;
    }

    @Override
    protected Session open(int partitions, ClusterReceiver receiver, Consumer<Throwable> lost) throws Exception {
        return RabbitSession.open(new RabbitSession.Opening(address, cluster, bounds, lost), receiver);
    }
}
