package dev.maru.spring.cluster;

import dev.maru.cluster.jms.JmsOutlet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a JMS broker is used.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param outlet Where applications get what is published: a topic, a queue (which somebody must take from, or it grows), or
 *     both.
 */
@ConfigurationProperties("maru.cluster.jms")
record JmsClusterProperties(@DefaultValue("topic") JmsOutlet outlet) {

    /**
     * Where the broker is, by the names that Spring Boot has for it below {@code spring.activemq} and
     * {@code spring.artemis}.
     *
     * @param user none if unset
     */
    record Address(
            @DefaultValue("tcp://localhost:61616") String brokerUrl,
            @Nullable String user,
            @Nullable String password) {}
}
