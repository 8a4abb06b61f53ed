package dev.maru.transport.http;

import dev.maru.transport.sockjs.SockJsRequest;
import dev.maru.transport.sockjs.SockJsSettings;
import java.util.Objects;

/**
 * Where a request leads.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param endpoint the endpoint that the path belongs to
 * @param target what the path means there; {@link SockJsRequest#PLAIN_WEBSOCKET} for an endpoint without SockJS
 */
record Route(WebSocketEndpoint endpoint, SockJsRequest target) {

    /** How SockJS is served there. Only asked where it is. */
    SockJsSettings sockJs() {
        return Objects.requireNonNullElse(endpoint.sockJs(), SockJsSettings.DEFAULT);
    }

    /** Whether a WebSocket can be opened there. */
    boolean webSocket() {
        return sockJs().webSocket();
    }
}
