package dev.maru.server.startup;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Event loops that are this server's own: reactor-netty's usual ones belong to the whole JVM, and the first application
 * that closes ends them for all.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
class OwnEventLoops {

    /** The loops end at once: the web server has seen to its requests before. */
    @Bean
    ReactorResourceFactory reactorResourceFactory() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }
}
