package dev.maru.spring.web;

import dev.maru.spring.drain.DrainProperties;
import dev.maru.transport.http.TrustedProxies;
import dev.maru.transport.http.WebSocketTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Opens the endpoints of Maru's own transport: at the application's web server, or at a port of their own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ProxyProperties.class, PortProperties.class})
public class PortConfiguration {

    @Bean
    TrustedProxies trustedProxies(ProxyProperties properties) {
        return TrustedProxies.of(properties.trustedProxies());
    }

    @Bean
    ClientServer clientServer(WebSocketTransport transport, TrustedProxies proxies) {
        return new ClientServer(transport, proxies);
    }

    /** For WebFlux applications, and for those that have no web server at all. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(Shared.class)
    static class SharedPort {

        @Bean
        OnePort onePort(ClientServer clients, ApplicationContext context, DrainProperties drain) {
            boolean needed = context instanceof WebServerApplicationContext;
            return new OnePort(clients, needed, drain.retryAfter());
        }
    }

    /** For those who set {@code maru.port}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("maru.port")
    static class EnginesPort {

        @Bean(destroyMethod = "close")
        OwnPort ownPort(
                PortProperties properties,
                ObjectProvider<ServerProperties> server,
                ObjectProvider<SslBundles> bundles,
                ClientServer clients,
                DrainProperties drain) {
            InetAddress address = properties.address() == null ? address(server) : properties.address();
            int port = Objects.requireNonNull(properties.port());
            String bundle = properties.ssl().bundle();
            TlsBundle tls = bundle == null ? null : new TlsBundle(bundles.getObject(), bundle);
            return new OwnPort(new InetSocketAddress(address, port), tls, clients, drain.retryAfter());
        }

        private static @Nullable InetAddress address(ObjectProvider<ServerProperties> server) {
            ServerProperties properties = server.getIfAvailable();
            return properties == null ? null : properties.getAddress();
        }
    }

    /** Holds where nothing else opens the endpoints. */
    static final class Shared extends NoneNestedConditions {

        Shared() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        static final class OfServlets {}

        @ConditionalOnProperty("maru.port")
        static final class OwnPortInstead {}
    }
}
