package dev.maru.server.startup;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/**
 * Event loops that are this server's own: reactor-netty's usual ones belong to the whole JVM, and the first application
 * that closes ends them for all. There are as many as processors: reactor-netty starts four at least, and on a smaller
 * machine each message would wake more loops than can run.
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
        resources.setLoopResourcesSupplier(() -> LoopResources.create("maru-loop", processors(), true));
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
