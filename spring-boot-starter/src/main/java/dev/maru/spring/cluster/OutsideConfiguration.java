package dev.maru.spring.cluster;

import dev.maru.engine.Engine;
import dev.maru.engine.cluster.OutsideExchange;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Messages from and to applications that are no nodes, where {@code maru.cluster.outside} names destinations and the
 * adapter of the broker brings an {@link OutsideExchange}.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
final class OutsideConfiguration {
    private static final String AUTHOR = "outside";

    @Bean
    @ConditionalOnBean(OutsideExchange.class)
    OutsideOutlet outsideOutlet(OutsideExchange exchange, ClusterProperties properties) {
        return new OutsideOutlet(
                exchange,
                new DestinationChoice(properties.outside().out()),
                properties.unsent().toBytes());
    }

    @Bean
    @ConditionalOnMissingBean
    OutsideInbox outsideInbox(Engine engine) {
        return message -> engine.publish(message.destination(), AUTHOR, message.content());
    }

    @Bean
    @ConditionalOnBean(OutsideExchange.class)
    OutsideIntake outsideIntake(OutsideExchange exchange, ClusterProperties properties, OutsideInbox inbox) {
        return new OutsideIntake(
                exchange, new DestinationChoice(properties.outside().in()), inbox);
    }
}
