package dev.maru.spring.cluster;

import dev.maru.cluster.rabbitmq.RabbitAddress;
import dev.maru.cluster.rabbitmq.RabbitClusterBroker;
import dev.maru.cluster.rabbitmq.RabbitOutsideExchange;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.OutsideExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * RabbitMQ between the nodes, found by {@code spring.rabbitmq.*}.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RabbitClusterBroker.class)
@ConditionalOnProperty(name = "maru.cluster.broker", havingValue = "rabbitmq")
final class RabbitClusterConfiguration {

    /** The cluster closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    ClusterBroker rabbitClusterBroker(
            ClusterProperties properties, Environment environment, ObjectProvider<SslBundles> bundles) {
        return new RabbitClusterBroker(address(environment, bundles), properties.name());
    }

    /** The intake closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    @Conditional(OnOutside.class)
    OutsideExchange rabbitOutsideExchange(
            ClusterProperties properties, Environment environment, ObjectProvider<SslBundles> bundles) {
        boolean taking = !properties.outside().in().isEmpty();
        return new RabbitOutsideExchange(address(environment, bundles), properties.name(), taking);
    }

    private static RabbitAddress address(Environment environment, ObjectProvider<SslBundles> bundles) {
        RabbitConnectionProperties rabbit =
                Binder.get(environment).bindOrCreate("spring.rabbitmq", RabbitConnectionProperties.class);
        @Nullable String bundle = rabbit.ssl().bundle();
        return RabbitAddresses.of(
                rabbit, bundle == null ? null : bundles.getObject().getBundle(bundle));
    }
}
