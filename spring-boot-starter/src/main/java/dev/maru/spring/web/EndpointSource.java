package dev.maru.spring.web;

import dev.maru.transport.http.WebSocketEndpoint;
import java.util.List;

/**
 * Places at which something else than STOMP is spoken.
 *
 * <p>Asked once, by the thread that starts the application.
 */
@FunctionalInterface
public interface EndpointSource {

    /** The endpoints, in no particular order. */
    List<WebSocketEndpoint> endpoints();
}
