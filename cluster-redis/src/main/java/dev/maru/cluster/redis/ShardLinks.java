package dev.maru.cluster.redis;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Links to the servers that keep the channels: one, or each that has slots in a Redis Cluster.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param ownerOf the key of the link for a channel
 * @param patience how long a sign of life may take
 */
record ShardLinks(Map<String, RedisLink> links, UnaryOperator<String> ownerOf, Duration patience) {

    ShardLinks {
        links = Map.copyOf(links);
        if (links.isEmpty()) {
            throw new RedisException("no server of the Redis Cluster has slots");
        }
    }

    RedisLink forChannel(String channel) {
        RedisLink link = links.get(ownerOf.apply(channel));
        if (link == null) {
            throw new RedisException("no server of the Redis Cluster has the slot of " + channel);
        }
        return link;
    }

    RedisLink any() {
        return links.values().iterator().next();
    }

    CompletableFuture<Void> ping() {
        return CompletableFuture.allOf(
                links.values().stream().map(link -> link.ping(patience)).toArray(CompletableFuture[]::new));
    }

    void close() {
        links.values().forEach(RedisLink::close);
    }
}
