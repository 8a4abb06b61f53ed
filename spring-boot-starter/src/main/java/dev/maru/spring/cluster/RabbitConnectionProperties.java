package dev.maru.spring.cluster;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where RabbitMQ is, by the names that Spring Boot has for it below {@code spring.rabbitmq}; read without Spring AMQP,
 * which need not be there.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param port 5672, or 5671 with SSL
 * @param virtualHost the server's default one if unset
 * @param addresses host:port, or amqp://user:password@host:port/virtual-host, instead of all that the first one says
 */
record RabbitConnectionProperties(
        @DefaultValue("localhost") String host,
        @Nullable Integer port,
        @DefaultValue("guest") String username,
        @DefaultValue("guest") String password,
        @Nullable String virtualHost,
        @DefaultValue List<String> addresses,
        @Nullable Duration requestedHeartbeat,
        @Nullable Duration connectionTimeout,
        @DefaultValue Ssl ssl) {

    /**
     * @param bundle the name of an SSL bundle, which also turns SSL on
     * @param verifyHostname whether the server's certificate must be for its host
     */
    record Ssl(
            @Nullable Boolean enabled,
            @Nullable String bundle,
            @DefaultValue("true") boolean verifyHostname) {
        boolean isOn() {
            return enabled == null ? bundle != null : enabled;
        }
    }
}
