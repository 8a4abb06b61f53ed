package dev.maru.spring.cluster;

import dev.maru.cluster.redis.RedisAddress;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StaticCredentialsProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Makes an address of Redis of Spring Boot's properties. Safe for any thread. */
final class RedisAddresses {
    private static final int SENTINEL_PORT = 26379;

    private RedisAddresses() {}

    /** @param bundle the one that the properties name, if they do */
    static RedisAddress of(RedisConnectionProperties properties, @Nullable SslBundle bundle) {
        boolean cluster = !properties.cluster().nodes().isEmpty();
        List<RedisURI> uris = cluster
                ? properties.cluster().nodes().stream()
                        .map(node -> server(host(node), port(node, properties.port()), properties))
                        .toList()
                : List.of(single(properties));
        uris.forEach(uri -> complete(uri, properties));
        return new RedisAddress(uris, cluster, bundle == null ? SslOptions.create() : options(bundle));
    }

    private static RedisURI single(RedisConnectionProperties properties) {
        if (properties.sentinel().master() != null) {
            return sentinels(properties, properties.sentinel().master());
        }
        if (properties.url() != null) {
            return RedisURI.create(properties.url());
        }
        return server(properties.host(), properties.port(), properties);
    }

    private static RedisURI server(String host, int port, RedisConnectionProperties properties) {
        RedisURI uri = RedisURI.create(host, port);
        authenticate(uri, properties.username(), properties.password());
        uri.setDatabase(properties.database());
        return uri;
    }

    private static RedisURI sentinels(RedisConnectionProperties properties, String master) {
        RedisConnectionProperties.Sentinel sentinel = properties.sentinel();
        RedisURI uri = new RedisURI();
        uri.setSentinelMasterId(master);
        for (String node : sentinel.nodes()) {
            RedisURI one = RedisURI.create(host(node), port(node, SENTINEL_PORT));
            authenticate(one, sentinel.username(), sentinel.password());
            uri.getSentinels().add(one);
        }
        authenticate(uri, properties.username(), properties.password());
        uri.setDatabase(properties.database());
        return uri;
    }

    private static void complete(RedisURI uri, RedisConnectionProperties properties) {
        uri.setTimeout(properties.timeout());
        if (properties.ssl().isOn()) {
            uri.setSsl(true);
        }
        if (properties.clientName() != null) {
            uri.setClientName(properties.clientName());
        }
    }

    private static void authenticate(RedisURI uri, @Nullable String username, @Nullable String password) {
        if (password != null) {
            uri.setCredentialsProvider(new StaticCredentialsProvider(RedisCredentials.just(username, password)));
        }
    }

    private static SslOptions options(SslBundle bundle) {
        SslOptions.Builder options = SslOptions.builder()
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory());
        String[] ciphers = bundle.getOptions().getCiphers();
        if (ciphers != null) {
            options.cipherSuites(ciphers);
        }
        String[] protocols = bundle.getOptions().getEnabledProtocols();
        if (protocols != null) {
            options.protocols(protocols);
        }
        return options.build();
    }

    private static String host(String node) {
        int colon = node.lastIndexOf(':');
        return colon < 0 ? node : node.substring(0, colon);
    }

    private static int port(String node, int otherwise) {
        int colon = node.lastIndexOf(':');
        return colon < 0 ? otherwise : Integer.parseInt(node, colon + 1, node.length(), 10);
    }
}
