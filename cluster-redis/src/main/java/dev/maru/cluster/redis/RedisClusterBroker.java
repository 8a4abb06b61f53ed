package dev.maru.cluster.redis;

import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ReconnectingClusterBroker;
import java.util.function.Consumer;

/**
 * Carries parcels by Redis' publish/subscribe: a channel for each partition that somebody listens to, named
 * {@code maru:{<cluster>.<partition>}}, and two connections from each node, in a Redis Cluster to each of its servers
 * that has slots. Redis keeps nothing.
 *
 * <p>A node that reads too slowly is cut off by Redis ({@code client-output-buffer-limit pubsub}) and so told by
 * {@link ClusterReceiver#onDisconnected}; a server that does not answer for as long as the address' timeout is taken for
 * lost.
 *
 * <p>Safe for any thread.
 */
public final class RedisClusterBroker extends ReconnectingClusterBroker {
    private final PartitionChannels channels;
    private final ChannelKind kind;
    private final RedisConnector connector;

    /**
     * @param cluster the nodes of one cluster meet under this name, others on the same server under other names
     * @param kind {@link ChannelKind#AUTO} unless there is a reason
     */
    public RedisClusterBroker(RedisAddress address, String cluster, ChannelKind kind) {
        super("Redis", address.timeout());
        this.channels = new PartitionChannels(cluster);
        this.kind = kind;
        connector = new RedisConnector(address);
    }

    @Override
    protected Session open(int partitions, ClusterReceiver receiver, Consumer<Throwable> lost) throws Exception {
        return RedisSession.open(new RedisSession.Opening(connector, channels, kind, partitions, lost), receiver);
    }

    @Override
    public void close() {
        super.close();
        connector.close();
    }
}
