package dev.maru.cluster.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Opens connections to Redis, with two threads for all of them. Lettuce's own reconnecting is off: subscriptions to
 * sharded channels would not survive it, and nodes must hear that they were deaf.
 *
 * <p>Safe for any thread; opening blocks.
 */
final class RedisConnector implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int THREADS = 2;

    private final RedisAddress address;
    private final ClientResources resources = ClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();
    private final RedisClient client = RedisClient.create(resources);

    RedisConnector(RedisAddress address) {
        this.address = address;
        client.setOptions(configure(ClientOptions.builder()).build());
    }

    Duration timeout() {
        return address.timeout();
    }

    /** Runs a task on one of the client's threads, again and again. */
    ScheduledFuture<?> every(Duration pause, Runnable task) {
        return resources
                .eventExecutorGroup()
                .scheduleWithFixedDelay(task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Connects to the server, or to whichever server of a Redis Cluster answers first. */
    RedisLink open(RedisPubSubListener<String, byte[]> listener, Consumer<Throwable> lost) {
        RuntimeException last = null;
        for (RedisURI uri : address.uris()) {
            try {
                return RedisLink.open(client, uri, listener, lost);
            } catch (RuntimeException e) {
                last = e;
            }
        }
        throw new IllegalStateException("no server of Redis answers", last);
    }

    /** Connects to the server that has the channel's slot, once to each server. */
    ShardLinks openShards(RedisPubSubListener<String, byte[]> listener, Consumer<Throwable> lost) {
        if (!address.cluster()) {
            RedisLink only = open(listener, lost);
            return new ShardLinks(Map.of("", only), _ -> "", timeout());
        }
        Partitions servers = servers();
        Map<String, RedisLink> links = new HashMap<>();
        try {
            for (RedisClusterNode server : servers) {
                if (!server.getSlots().isEmpty()) {
                    links.put(server.getNodeId(), RedisLink.open(client, server.getUri(), listener, lost));
                }
            }
        } catch (RuntimeException e) {
            links.values().forEach(RedisLink::close);
            throw e;
        }
        return new ShardLinks(
                links,
                channel -> {
                    RedisClusterNode owner = servers.getPartitionBySlot(SlotHash.getSlot(channel));
                    return owner == null ? "" : owner.getNodeId();
                },
                timeout());
    }

    private Partitions servers() {
        try (RedisClusterClient asking = RedisClusterClient.create(resources, address.uris())) {
            asking.setOptions(configure(ClusterClientOptions.builder()).build());
            return asking.getPartitions();
        }
    }

    private <B extends ClientOptions.Builder> B configure(B options) {
        options.autoReconnect(false)
                .sslOptions(address.ssl())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout())
                        .keepAlive(true)
                        .build());
        return options;
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, CLOSING);
        var _ = resources.shutdown(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    }
}
