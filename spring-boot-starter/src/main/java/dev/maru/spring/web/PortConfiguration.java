package dev.maru.spring.web;

import dev.maru.spring.drain.DrainProperties;
import dev.maru.transport.http.TrustedProxies;
import dev.maru.transport.http.WebSocketTransport;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the endpoints on the application's web server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProxyProperties.class)
public class OnePortConfiguration {

    @Bean
    TrustedProxies trustedProxies(ProxyProperties properties) {
        return TrustedProxies.of(properties.trustedProxies());
    }

    @Bean
    OnePort onePort(
            WebSocketTransport transport, TrustedProxies proxies, ApplicationContext context, DrainProperties drain) {
        boolean needed = context instanceof WebServerApplicationContext;
        return new OnePort(transport, proxies, needed, drain.retryAfter());
    }
}
