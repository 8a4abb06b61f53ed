package dev.maru.spring.cluster;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.spring.failure.WrongSettingException;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The node's place in its cluster. A {@link ClusterBroker} comes from the adapter that {@code maru.cluster.broker} names,
 * or is a bean of the application's own.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClusterProperties.class)
@Import({
    RedisClusterConfiguration.class,
    RabbitClusterConfiguration.class,
    ActiveMqClusterConfiguration.class,
    ArtemisClusterConfiguration.class,
    KafkaClusterConfiguration.class,
    OutsideConfiguration.class
})
public final class ClusterConfiguration {

    private static final Map<String, String> ADAPTERS = Map.of(
            "redis", "maru-cluster-redis",
            "rabbitmq", "maru-cluster-rabbitmq",
            "activemq", "maru-cluster-jms",
            "artemis", "maru-cluster-jms",
            "kafka", "maru-cluster-kafka");

    @Bean
    @ConditionalOnMissingBean
    Cluster cluster(ClusterProperties properties, ObjectProvider<ClusterBroker> brokers) {
        ClusterBroker broker = brokers.getIfAvailable();
        if (broker != null) {
            return Cluster.of(broker, properties.settings());
        }
        if (properties.broker() != null) {
            throw missing(properties.broker());
        }
        return Cluster.alone();
    }

    private static WrongSettingException missing(String broker) {
        @Nullable String adapter = ADAPTERS.get(broker);
        return adapter == null
                ? new WrongSettingException(
                        "maru.cluster.broker is " + broker + ", which is none that Maru knows",
                        "set it to one of redis, rabbitmq, activemq, artemis, kafka")
                : new WrongSettingException(
                        "maru.cluster.broker is " + broker + ", and its adapter is not there",
                        "add dev.maru:" + adapter + " and the broker's client to the application");
    }

    /** Meters, where the application has Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static final class Metrics {

        @Bean
        MeterBinder clusterMetrics(Cluster cluster) {
            return new ClusterMetrics(cluster);
        }
    }

    /** Health, where the application has Spring Boot's. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static final class Health {

        @Bean
        HealthIndicator maruClusterHealthIndicator(Cluster cluster) {
            return new ClusterHealth(cluster);
        }
    }
}
