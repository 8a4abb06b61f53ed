package dev.maru.spring.socket;

import dev.maru.spring.configurer.HandlerEndpoint;
import dev.maru.spring.drain.DrainProperties;
import dev.maru.spring.web.EndpointSource;
import dev.maru.transport.http.HandshakePolicy;
import dev.maru.transport.sockjs.SockJsSettings;
import java.util.List;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/** Handlers that {@link WebSocketConfigurer}s register. Used by the thread that starts the application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SocketLimits.class)
public class SocketConfiguration {

    /** Not a bean of the executor's type: it must not displace Boot's. */
    private static final Executor VIRTUAL_THREADS =
            task -> Thread.ofVirtual().name("maru-socket").start(task);

    /** The handlers that were registered. */
    record Handlers(List<HandlerEndpoint> all) {}

    @Bean
    SocketSessions socketSessions(SocketLimits limits, DrainProperties drain) {
        return new SocketSessions(limits, VIRTUAL_THREADS, drain.retryAfter());
    }

    @Bean
    Handlers socketHandlers(ObjectProvider<WebSocketConfigurer> configurers, SockJsSettings sockJs) {
        return new Handlers(HandlerEndpoint.of(configurers.orderedStream().toList(), sockJs));
    }

    @Bean
    HandshakePolicy interceptedHandshakes(Handlers handlers) {
        return new InterceptedHandshakes(handlers.all(), VIRTUAL_THREADS);
    }

    @Bean
    EndpointSource handlerEndpoints(Handlers handlers, SocketSessions sessions) {
        return () -> handlers.all().stream()
                .map(at -> sessions.endpoint(
                        at.path(),
                        at.allowedOrigins(),
                        at.sockJs(),
                        session -> new HandlerListener(at.handler(), new HandlerSession(session))))
                .toList();
    }
}
