package dev.maru.spring;

import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Configures the broker as {@code maru.*} properties say, where no {@link EnableMaruMessageBroker} is present.
 *
 * <p>Confined to the thread that starts the application.
 */
final class PropertyConfigurer implements WebSocketMessageBrokerConfigurer {
    private final MaruProperties properties;

    PropertyConfigurer(MaruProperties properties) {
        this.properties = properties;
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint(properties.endpoints().toArray(String[]::new))
                .setAllowedOriginPatterns(properties.allowedOrigins().toArray(String[]::new))
                .withSockJS();
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        MaruProperties.Messaging messaging = properties.messaging();
        registry.setApplicationDestinationPrefixes(
                messaging.applicationPrefixes().toArray(String[]::new));
        registry.enableSimpleBroker(messaging.brokerPrefixes().toArray(String[]::new));
    }
}
