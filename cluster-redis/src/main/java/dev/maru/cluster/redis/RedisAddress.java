package dev.maru.cluster.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.time.Duration;
import java.util.List;

/**
 * Where Redis is. Immutable.
 *
 * @param uris one server, or Sentinels in one URI; several only for a Redis Cluster. The first one's timeout counts for
 *     everything that is asked of a server
 * @param cluster whether it is a Redis Cluster, whose other servers are then asked for
 * @param ssl keys and certificates, for URIs with SSL
 */
public record RedisAddress(List<RedisURI> uris, boolean cluster, SslOptions ssl) {

    /** The timeout where none was configured. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    public RedisAddress {
        uris = List.copyOf(uris);
        if (uris.isEmpty() || (uris.size() > 1 && !cluster)) {
            throw new IllegalArgumentException(
                    "one address of Redis is needed, or several of a Redis Cluster: " + uris);
        }
    }

    /** One server, as a URI: {@code redis://[user:password@]host[:port][/database]}, {@code rediss://…} with SSL. */
    public static RedisAddress of(String uri) {
        RedisURI parsed = RedisURI.create(uri);
        parsed.setTimeout(TIMEOUT);
        return new RedisAddress(List.of(parsed), false, SslOptions.create());
    }

    /** How long anything may take that is asked of a server. */
    Duration timeout() {
        return uris.getFirst().getTimeout();
    }
}
