package dev.maru.spring.annotated;

import dev.maru.spring.socket.SocketSessions;
import dev.maru.spring.web.EndpointSource;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Beans with {@code @ServerEndpoint}. Used by the thread that starts the application. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = {"jakarta.websocket.server.ServerEndpoint", "jakarta.websocket.Session"})
public class AnnotatedConfiguration {

    /** Pages of the origins that {@code maru.allowed-origins} names may connect. */
    @Bean
    EndpointSource annotatedEndpoints(
            ConfigurableListableBeanFactory beans, SocketSessions sessions, Environment environment) {
        List<String> origins = Binder.get(environment)
                .bind("maru.allowed-origins", Bindable.listOf(String.class))
                .orElse(List.of());
        return () -> new AnnotatedEndpoints(beans)
                .all().stream()
                        .map(endpoint -> sessions.endpoint(endpoint.path(), origins, null, endpoint))
                        .toList();
    }
}
