package dev.maru.spring.tcp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of STOMP over TCP.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param port Port for STOMP without WebSocket, 61613 by custom; 0 for any that is free. Unset: no such port.
 * @param address Address to listen at. Unset: that of the web server.
 * @param ssl TLS.
 */
@ConfigurationProperties("maru.stomp.tcp")
public record TcpProperties(
        @Nullable Integer port,
        @Nullable InetAddress address,
        @DefaultValue Ssl ssl) {

    /**
     * TLS.
     *
     * @param bundle Name of an SSL bundle of Spring Boot's. Unset: no TLS.
     */
    public record Ssl(@Nullable String bundle) {}
}
