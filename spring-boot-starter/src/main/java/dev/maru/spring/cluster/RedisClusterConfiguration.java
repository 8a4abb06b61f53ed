package dev.maru.spring.cluster;

import dev.maru.cluster.redis.ChannelKind;
import dev.maru.cluster.redis.RedisAddress;
import dev.maru.cluster.redis.RedisClusterBroker;
import dev.maru.cluster.redis.RedisOutsideExchange;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.OutsideExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Redis between the nodes, found by {@code spring.data.redis.*}.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RedisClusterBroker.class)
@ConditionalOnProperty(name = "maru.cluster.broker", havingValue = "redis")
@EnableConfigurationProperties(RedisClusterConfiguration.RedisChannelProperties.class)
final class RedisClusterConfiguration {

    /**
     * How Redis is used.
     *
     * @param channels Which publish/subscribe carries messages between nodes, the same on all of them: sharded, plain, or
     *     auto, which is sharded where the server has it.
     */
    @ConfigurationProperties("maru.cluster.redis")
    record RedisChannelProperties(@DefaultValue("auto") ChannelKind channels) {}

    /** The cluster closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    ClusterBroker redisClusterBroker(
            ClusterProperties properties,
            RedisChannelProperties redis,
            Environment environment,
            ObjectProvider<SslBundles> bundles) {
        return new RedisClusterBroker(address(environment, bundles), properties.name(), redis.channels());
    }

    /** The intake closes it. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    @Conditional(OnOutside.class)
    OutsideExchange redisOutsideExchange(
            ClusterProperties properties, Environment environment, ObjectProvider<SslBundles> bundles) {
        return new RedisOutsideExchange(
                address(environment, bundles),
                properties.name(),
                properties.outside().in());
    }

    private static RedisAddress address(Environment environment, ObjectProvider<SslBundles> bundles) {
        RedisConnectionProperties redis =
                Binder.get(environment).bindOrCreate("spring.data.redis", RedisConnectionProperties.class);
        @Nullable String bundle = redis.ssl().bundle();
        return RedisAddresses.of(
                redis, bundle == null ? null : bundles.getObject().getBundle(bundle));
    }
}
