package dev.maru.server.access;

import dev.maru.chat.room.Rooms;
import dev.maru.engine.session.Authorizer;
import dev.maru.spring.EnableMaruMessageBroker;
import dev.maru.spring.tcp.TcpAddress;
import dev.maru.transport.http.AllowedOrigins;
import dev.maru.transport.http.HandshakePolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Wires who gets in. Used by the thread that starts the server. */
@Configuration(proxyBeanMethods = false)
@EnableMaruMessageBroker
@EnableConfigurationProperties(AccessSettings.class)
class AccessConfiguration {
    private static final CompletionStage<Boolean> EXISTS = CompletableFuture.completedStage(true);

    @Bean
    FrontDoor frontDoor(AccessSettings settings) {
        return new FrontDoor(settings);
    }

    @Bean
    ListeningAddress listeningAddress(AccessSettings settings) {
        return new ListeningAddress(settings.mode());
    }

    /** STOMP over TCP is for this computer only as long as the web server is. */
    @Bean
    TcpAddress tcpAddress(AccessSettings settings) {
        return configured -> settings.mode() == AccessMode.THIS_COMPUTER
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), configured.getPort())
                : configured;
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    WebFilter frontDoorFilter(FrontDoor door) {
        return new FrontDoorFilter(door);
    }

    /** The first that is asked. */
    @Bean
    @Order(0)
    HandshakePolicy frontDoorPolicy(FrontDoor door) {
        return new FrontDoorPolicy(door);
    }

    @Bean
    WebSocketMessageBrokerConfigurer chatEndpoints(AccessSettings settings) {
        return new ChatEndpoints(settings);
    }

    @Bean
    AllowedOrigins streamOrigins(AccessSettings settings) {
        return AllowedOrigins.of(ChatEndpoints.origins(settings));
    }

    @Bean
    Authorizer chatDestinations(AccessSettings settings, Rooms rooms) {
        boolean madeByMessages = settings.mode() != AccessMode.ACCOUNTS;
        return new ChatDestinations(roomId -> madeByMessages ? EXISTS : rooms.exists(roomId));
    }
}
