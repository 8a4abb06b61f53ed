package dev.maru.spring.configurer;

import dev.maru.transport.sockjs.SockJsSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * A path at which clients talk to a handler of the application.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param path begins with a slash
 * @param handler whom they talk to
 * @param sockJs how SockJS is served, if the path is a SockJS base URL as well; else null
 * @param allowedOrigins as those of a {@link StompEndpoint}
 * @param interceptors who are asked before a client is let in
 */
public record HandlerEndpoint(
        String path,
        WebSocketHandler handler,
        @Nullable SockJsSettings sockJs,
        List<String> allowedOrigins,
        List<HandshakeInterceptor> interceptors) {

    public HandlerEndpoint {
        path = StompEndpoint.normalized(path);
        allowedOrigins = List.copyOf(allowedOrigins);
        interceptors = List.copyOf(interceptors);
    }

    /**
     * Asks the configurers.
     *
     * @param sockJs how SockJS is served where they do not say
     * @throws UnsupportedOperationException if one asks for what Maru does not do, with what to do instead
     */
    public static List<HandlerEndpoint> of(List<WebSocketConfigurer> configurers, SockJsSettings sockJs) {
        RecordedHandlers handlers = new RecordedHandlers(sockJs);
        configurers.forEach(configurer -> configurer.registerWebSocketHandlers(handlers));
        return handlers.all();
    }
}
