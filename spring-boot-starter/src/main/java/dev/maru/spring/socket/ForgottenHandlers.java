package dev.maru.spring.socket;

import dev.maru.spring.web.EndpointSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/** Says so where handlers would be registered if somebody asked. Used by the thread that starts the application. */
@Configuration(proxyBeanMethods = false)
public class ForgottenHandlers {

    /** @throws IllegalStateException if there are configurers, and nothing asks them */
    @Bean
    @ConditionalOnMissingBean(SocketSessions.class)
    EndpointSource noHandlers(ObjectProvider<WebSocketConfigurer> configurers) {
        if (configurers.stream().findAny().isPresent()) {
            throw new IllegalStateException("there is a WebSocketConfigurer, and nothing asks it: put"
                    + " @EnableMaruWebSocket on a configuration class, in the place of @EnableWebSocket");
        }
        return List::of;
    }
}
