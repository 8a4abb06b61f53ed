package dev.maru.spring.cluster;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is, by the names that Spring Boot has for it below {@code spring.data.redis}; read without Spring Data,
 * which need not be there.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param url instead of host, port, username, password, database and ssl.enabled: redis://user:password@host:6379/0
 * @param timeout for connecting and for every answer
 * @param clientName how connections call themselves at the server
 */
record RedisConnectionProperties(
        @Nullable String url,
        @DefaultValue("localhost") String host,
        @DefaultValue("6379") int port,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("0") int database,
        @DefaultValue("10s") Duration timeout,
        @Nullable String clientName,
        @DefaultValue Ssl ssl,
        @DefaultValue Sentinel sentinel,
        @DefaultValue Shards cluster) {

    /** @param bundle the name of an SSL bundle, which also turns SSL on */
    record Ssl(@Nullable Boolean enabled, @Nullable String bundle) {
        boolean isOn() {
            return enabled == null ? bundle != null : enabled;
        }
    }

    /** @param nodes of Sentinels, host:port, that know the master */
    record Sentinel(
            @Nullable String master,
            @DefaultValue List<String> nodes,
            @Nullable String username,
            @Nullable String password) {}

    /** @param nodes of a Redis Cluster, host:port, that know the others */
    record Shards(@DefaultValue List<String> nodes) {}
}
