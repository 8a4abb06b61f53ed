package dev.maru.cluster.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Which publish/subscribe of Redis carries parcels. All nodes of a cluster need the same. */
public enum ChannelKind {
    /** Sharded channels where the server has them (Redis 7 and newer), plain ones elsewhere. */
    AUTO,
    /** {@code SSUBSCRIBE} and {@code SPUBLISH}: in a Redis Cluster a parcel stays within one shard. */
    SHARDED,
    /** {@code SUBSCRIBE} and {@code PUBLISH}: in a Redis Cluster a parcel goes to all its servers. */
    PLAIN;

    /** Asks the server, where it is the one to decide; blocks until it has answered. */
    boolean isSharded(RedisLink link, Duration patience) throws Exception {
        if (this != AUTO) {
            return this == SHARDED;
        }
        List<Object> known =
                link.asking().async().commandInfo("spublish").get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return known.stream().anyMatch(command -> command instanceof Collection<?> details && !details.isEmpty());
    }
}
