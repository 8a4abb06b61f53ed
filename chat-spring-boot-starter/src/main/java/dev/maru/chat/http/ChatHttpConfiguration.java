package dev.maru.chat.http;

import dev.maru.chat.client.Permits;
import dev.maru.chat.client.Visitors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the HTTP API, in applications on WebFlux. Confined to the thread that starts the application. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "maru.chat.http.enabled", matchIfMissing = true)
@Import({RoomController.class, MessageController.class, SearchController.class, ProblemAdvice.class})
public class ChatHttpConfiguration {

    @Bean("maruChatHttpVisitors")
    HttpVisitors httpVisitors(Visitors visitors, Permits permits) {
        return new HttpVisitors(visitors, permits);
    }
}
