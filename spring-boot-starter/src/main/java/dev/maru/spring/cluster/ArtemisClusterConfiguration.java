package dev.maru.spring.cluster;

import dev.maru.cluster.jms.JmsClusterBroker;
import dev.maru.cluster.jms.JmsOutsideExchange;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.OutsideExchange;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * ActiveMQ Artemis between the nodes, found by {@code spring.artemis.*}.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({JmsClusterBroker.class, ActiveMQConnectionFactory.class})
@ConditionalOnProperty(name = "maru.cluster.broker", havingValue = "artemis")
@EnableConfigurationProperties(JmsClusterProperties.class)
final class ArtemisClusterConfiguration {
    private static final String SERVER = "Artemis";

    /** The cluster closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    ClusterBroker artemisClusterBroker(ClusterProperties properties, Environment environment) {
        return new JmsClusterBroker(SERVER, factory(environment), properties.name());
    }

    /** The intake closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    @Conditional(OnOutside.class)
    OutsideExchange artemisOutsideExchange(
            ClusterProperties properties, JmsClusterProperties jms, Environment environment) {
        boolean taking = !properties.outside().in().isEmpty();
        return new JmsOutsideExchange(
                new JmsOutsideExchange.Settings(SERVER, factory(environment), properties.name(), taking, jms.outlet()));
    }

    private static ActiveMQConnectionFactory factory(Environment environment) {
        JmsClusterProperties.Address address =
                Binder.get(environment).bindOrCreate("spring.artemis", JmsClusterProperties.Address.class);
        return address.user() == null
                ? new ActiveMQConnectionFactory(address.brokerUrl())
                : new ActiveMQConnectionFactory(address.brokerUrl(), address.user(), address.password());
    }
}
