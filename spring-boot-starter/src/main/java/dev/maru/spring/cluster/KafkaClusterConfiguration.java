package dev.maru.spring.cluster;

import dev.maru.cluster.kafka.KafkaClusterBroker;
import dev.maru.cluster.kafka.KafkaOutsideExchange;
import dev.maru.cluster.kafka.KafkaSettings;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.OutsideExchange;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Kafka between the nodes, found by {@code spring.kafka.*}.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(KafkaClusterBroker.class)
@ConditionalOnProperty(name = "maru.cluster.broker", havingValue = "kafka")
final class KafkaClusterConfiguration {

    /** The cluster closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    ClusterBroker kafkaClusterBroker(ClusterProperties properties, Environment environment) {
        return new KafkaClusterBroker(settings(properties, environment));
    }

    /** The intake closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    @Conditional(OnOutside.class)
    OutsideExchange kafkaOutsideExchange(ClusterProperties properties, Environment environment) {
        boolean taking = !properties.outside().in().isEmpty();
        return new KafkaOutsideExchange(settings(properties, environment), taking);
    }

    private static KafkaSettings settings(ClusterProperties properties, Environment environment) {
        return new KafkaSettings(
                properties.name(),
                KafkaClientSettings.of(
                        Binder.get(environment).bindOrCreate("spring.kafka", KafkaConnectionProperties.class)));
    }
}
