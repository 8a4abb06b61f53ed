package dev.maru.spring.cluster;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import dev.maru.cluster.rabbitmq.RabbitAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Makes an address of RabbitMQ of Spring Boot's properties. Safe for any thread. */
final class RabbitAddresses {

    private RabbitAddresses() {}

    /** @param bundle the one that the properties name, if they do */
    static RabbitAddress of(RabbitConnectionProperties properties, @Nullable SslBundle bundle) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(properties.host());
        factory.setUsername(properties.username());
        factory.setPassword(properties.password());
        if (properties.virtualHost() != null) {
            factory.setVirtualHost(properties.virtualHost());
        }
        if (properties.requestedHeartbeat() != null) {
            factory.setRequestedHeartbeat(
                    Math.toIntExact(properties.requestedHeartbeat().toSeconds()));
        }
        if (properties.connectionTimeout() != null) {
            factory.setConnectionTimeout(millis(properties.connectionTimeout()));
        }
        List<String> addresses = properties.addresses();
        try {
            if (!addresses.isEmpty() && addresses.getFirst().contains("://")) {
                factory.setUri(addresses.getFirst());
            }
            if (properties.ssl().isOn()) {
                secure(factory, properties.ssl(), bundle);
            }
        } catch (GeneralSecurityException | URISyntaxException e) {
            throw new IllegalArgumentException("spring.rabbitmq does not say how to reach RabbitMQ", e);
        }
        if (properties.port() != null) {
            factory.setPort(properties.port());
        }
        return new RabbitAddress(
                factory,
                addresses.stream().map(one -> address(one, factory.getPort())).toList());
    }

    private static void secure(
            ConnectionFactory factory, RabbitConnectionProperties.Ssl ssl, @Nullable SslBundle bundle)
            throws NoSuchAlgorithmException {
        factory.useSslProtocol(bundle == null ? SSLContext.getDefault() : bundle.createSslContext());
        if (ssl.verifyHostname()) {
            factory.enableHostnameVerification();
        }
    }

    private static Address address(String text, int port) {
        if (text.contains("://")) {
            URI uri = URI.create(text);
            return new Address(uri.getHost(), uri.getPort() < 0 ? port : uri.getPort());
        }
        Address parsed = Address.parseAddress(text);
        return parsed.getPort() < 0 ? new Address(parsed.getHost(), port) : parsed;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
