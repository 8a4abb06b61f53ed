package dev.maru.spring.cluster;

import dev.maru.engine.Engine;
import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.engine.cluster.OutsideMessage;
import java.util.concurrent.CompletionStage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
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
    @ConditionalOnBean(OutsideExchange.class)
    OutsideIntake outsideIntake(
            OutsideExchange exchange,
            ClusterProperties properties,
            ObjectProvider<OutsideInbox> inboxes,
            Engine engine) {
        return new OutsideIntake(
                exchange,
                new DestinationChoice(properties.outside().in()),
                inboxes.getIfAvailable(() -> message -> publish(engine, message)));
    }

    private static CompletionStage<?> publish(Engine engine, OutsideMessage message) {
        return engine.publish(message.destination(), AUTHOR, message.content());
    }
}
