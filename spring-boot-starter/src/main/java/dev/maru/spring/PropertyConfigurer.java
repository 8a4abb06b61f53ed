package dev.maru.spring;

import dev.maru.spring.configurer.Hosting;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.StompWebSocketEndpointRegistration;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Configures the broker as {@code maru.*} properties say, where no {@link EnableMaruMessageBroker} is present.
 *
 * <p>Confined to the thread that starts the application.
 */
final class PropertyConfigurer implements WebSocketMessageBrokerConfigurer {
    private final MaruProperties properties;
    private final Hosting hosting;

    PropertyConfigurer(MaruProperties properties, Hosting hosting) {
        this.properties = properties;
        this.hosting = hosting;
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        endpoint(registry).withSockJS();
        if (hosting == Hosting.SPRING) {
            // Maru's own endpoints with SockJS speak plain WebSocket, too.
            endpoint(registry);
        }
    }

    private StompWebSocketEndpointRegistration endpoint(StompEndpointRegistry registry) {
        return registry.addEndpoint(properties.endpoints().toArray(String[]::new))
                .setAllowedOriginPatterns(properties.allowedOrigins().toArray(String[]::new));
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        MaruProperties.Messaging messaging = properties.messaging();
        registry.setApplicationDestinationPrefixes(
                messaging.applicationPrefixes().toArray(String[]::new));
        registry.enableSimpleBroker(messaging.brokerPrefixes().toArray(String[]::new));
    }
}
