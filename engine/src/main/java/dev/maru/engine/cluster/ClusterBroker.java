package dev.maru.engine.cluster;

import java.util.concurrent.CompletionStage;

/**
 * The messenger between the nodes of a cluster: carries parcels, which are bytes that only nodes understand, over a
 * fixed number of partitions. What it loses is found out from the store, so it promises little, and keeps nothing that
 * would outlive the nodes.
 *
 * <p>Guarantee: while a node is connected, every parcel that any node publishes to a partition reaches each node that
 * listens to that partition at least once, those of one node in the order of its calls. What is published while a node
 * is not connected may be lost for it. Parcels of a partition nobody listens to are dropped.
 *
 * <p>Cost: the number of things made at the broker (channels, queues, topics, connections) depends on the number of
 * partitions and nodes, and on nothing that clients do.
 *
 * <p>All methods are safe for any thread and return at once; stages complete on threads of the broker's client, or at
 * once. Implementations connect again by themselves, for as long as they are open.
 */
public interface ClusterBroker extends AutoCloseable {

    /**
     * Begins to connect, and goes on trying; a broker that is not there is no error. Called once, before anything else.
     *
     * @param partitions how many there are, the same on all nodes; they are numbered from 0
     */
    void start(int partitions, ClusterReceiver receiver);

    /**
     * Begins to listen to a partition. The stage completes when all parcels that are published from then on arrive; at
     * once, if the broker is not connected, because {@link ClusterReceiver#onConnected} will tell. It never completes
     * exceptionally. Repeating it changes nothing.
     */
    CompletionStage<Void> listen(int partition);

    /** Stops listening to a partition. Some of its parcels may still arrive. Repeating it changes nothing. */
    void ignore(int partition);

    /**
     * Sends a parcel to all who listen to the partition. The stage completes when the broker has taken it; exceptionally
     * with {@link ClusterUnavailableException} if it is not connected or refuses. The caller bounds how much is on its
     * way, and does not change the array.
     */
    CompletionStage<Void> publish(int partition, byte[] parcel);

    /** Whether the broker was there when it was last heard of. */
    boolean isConnected();

    /** Disconnects for good. Waits for a few seconds at most. Idempotent; throws nothing. */
    @Override
    void close();
}
