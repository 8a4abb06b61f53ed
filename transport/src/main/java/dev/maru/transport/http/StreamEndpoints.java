package dev.maru.transport.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is served to clients that do not speak STOMP.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param json WebSockets that carry frames as JSON objects; without SockJS
 * @param events where server-sent events are read
 */
public record StreamEndpoints(List<WebSocketEndpoint> json, List<SseEndpoint> events) {
    /** STOMP only. */
    public static final StreamEndpoints NONE = new StreamEndpoints(List.of(), List.of());

    public StreamEndpoints {
        json = List.copyOf(json);
        events = List.copyOf(events);
    }

    /** Where this path leads, or null if no events are read there. */
    @Nullable SseEndpoint eventsAt(String path) {
        for (SseEndpoint endpoint : events) {
            if (endpoint.paths().contains(path)) {
                return endpoint;
            }
        }
        return null;
    }
}
