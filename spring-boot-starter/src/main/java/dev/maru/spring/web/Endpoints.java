package dev.maru.spring.web;

import dev.maru.spring.configurer.StompEndpoint;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.AllowedOrigins;
import dev.maru.transport.http.WebSocketEndpoint;
import java.util.List;

/**
 * Turns the endpoints that an application asks for into the transport's.
 *
 * <p>Stateless; safe for any thread.
 */
public final class Endpoints {

    private Endpoints() {}

    /** The same endpoints, with these limits for each. */
    public static List<WebSocketEndpoint> of(List<StompEndpoint> endpoints, StompLimits limits) {
        return endpoints.stream().map(endpoint -> of(endpoint, limits)).toList();
    }

    private static WebSocketEndpoint of(StompEndpoint endpoint, StompLimits limits) {
        // In SockJS framing a STOMP frame is a JSON string, and sockjs-client escapes an emoji of 4 bytes with 12.
        int longest = Math.multiplyExact(3, limits.maxFrameBytes());
        WebSocketEndpoint plain = WebSocketEndpoint.at(endpoint.path())
                .withOrigins(AllowedOrigins.of(endpoint.allowedOrigins()))
                .withLimits(limits, longest);
        return endpoint.sockJs() == null ? plain : plain.withSockJs(endpoint.sockJs());
    }
}
