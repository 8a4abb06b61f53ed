package dev.maru.spring.web;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A port of the engine's own.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param port Port for the engine's clients alone, for WebSocket, SockJS and everything else that Maru speaks over HTTP; 0
 *     for any that is free. Unset: they share the web server's port.
 * @param address Address to listen at on that port. Unset: that of the web server.
 * @param ssl TLS on that port.
 */
@ConfigurationProperties("maru")
public record PortProperties(
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
