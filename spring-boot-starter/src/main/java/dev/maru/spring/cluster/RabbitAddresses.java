package dev.maru.spring.cluster;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import dev.maru.cluster.rabbitmq.RabbitAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Makes an address of RabbitMQ of Spring Boot's properties. Safe for any thread. */
final class RabbitAddresses {

    private RabbitAddresses() {}

    /** @param bundle the one that the properties name, if they do */
    static RabbitAddress of(RabbitConnectionProperties properties, @Nullable SslBundle bundle) {
        ConnectionFactory factory = factory(properties);
        try {
            reach(factory, properties, bundle);
        } catch (GeneralSecurityException | URISyntaxException e) {
            throw new IllegalArgumentException("spring.rabbitmq does not say how to reach RabbitMQ", e);
        }
        return new RabbitAddress(
                factory,
                properties.addresses().stream()
                        .map(one -> address(one, factory.getPort()))
                        .toList());
    }

    private static ConnectionFactory factory(RabbitConnectionProperties properties) {
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
            factory.setConnectionTimeout(
                    Math.toIntExact(properties.connectionTimeout().toMillis()));
        }
        return factory;
    }

    private static void reach(
            ConnectionFactory factory, RabbitConnectionProperties properties, @Nullable SslBundle bundle)
            throws GeneralSecurityException, URISyntaxException {
        String first =
                properties.addresses().isEmpty() ? "" : properties.addresses().getFirst();
        if (first.contains("://")) {
            factory.setUri(first);
        }
        // Of itself the client trusts any server that an amqps:// address leads to.
        if (properties.ssl().isOn() || first.startsWith("amqps://")) {
            secure(factory, properties.ssl(), bundle);
        }
        if (properties.port() != null) {
            factory.setPort(properties.port());
        }
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
}
