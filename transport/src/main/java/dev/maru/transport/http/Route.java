package dev.maru.transport.http;

import dev.maru.transport.sockjs.SockJsRequest;

/**
 * Where a request leads.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param endpoint the endpoint that the path belongs to
 * @param target what the path means there; {@link SockJsRequest#PLAIN_WEBSOCKET} for an endpoint without SockJS
 */
record Route(WebSocketEndpoint endpoint, SockJsRequest target) {}
