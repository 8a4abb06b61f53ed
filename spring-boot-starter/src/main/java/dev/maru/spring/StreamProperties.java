package dev.maru.spring;

import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.AllowedOrigins;
import dev.maru.transport.http.SseEndpoint;
import dev.maru.transport.http.StreamEndpoints;
import dev.maru.transport.http.WebSocketEndpoint;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where clients connect that do not speak STOMP.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param events Paths at which server-sent events are read, for example /sse. Empty: none.
 * @param json Paths of WebSockets that carry frames as JSON objects, for example /socket. Empty: none.
 */
@ConfigurationProperties("maru.streams")
public record StreamProperties(
        @DefaultValue List<String> events, @DefaultValue List<String> json) {

    /** The transport's endpoints, with these limits for each. */
    StreamEndpoints endpoints(AllowedOrigins origins, StompLimits limits) {
        // Escapes make a text longer in JSON.
        int longest = Math.multiplyExact(2, limits.maxFrameBytes());
        List<WebSocketEndpoint> sockets = json.stream()
                .map(path -> WebSocketEndpoint.at(path).withOrigins(origins).withLimits(limits, longest))
                .toList();
        return new StreamEndpoints(sockets, events.isEmpty() ? List.of() : List.of(new SseEndpoint(events, origins)));
    }
}
