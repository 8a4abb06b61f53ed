package dev.maru.server.access;

import java.net.URI;
import java.util.stream.Stream;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Where STOMP clients connect, from which pages, and which of their messages go to the chat. Pages of the public
 * address are named, because a proxy in front may speak another scheme with browsers than with the server.
 *
 * <p>Immutable; used by the thread that starts the server.
 */
final class ChatEndpoints implements WebSocketMessageBrokerConfigurer {
    private final AccessSettings settings;

    ChatEndpoints(AccessSettings settings) {
        this.settings = settings;
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/ws", "/ws/chat")
                .setAllowedOriginPatterns(origins(settings))
                .withSockJS();
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setApplicationDestinationPrefixes("/app");
        registry.enableSimpleBroker("/topic", "/queue");
    }

    /** The origins of pages that may connect, besides the server's own. */
    static String[] origins(AccessSettings settings) {
        URI own = settings.publicUrl();
        Stream<String> ownOrigin =
                own == null ? Stream.empty() : Stream.of(Origin.of(own).toString());
        return Stream.concat(ownOrigin, settings.allowedOrigins().stream()).toArray(String[]::new);
    }
}
