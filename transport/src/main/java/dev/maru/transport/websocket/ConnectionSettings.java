package dev.maru.transport.websocket;

import dev.maru.engine.session.Handshake;
import dev.maru.stomp.StompLimits;

/**
 * What all STOMP connections of one kind have in common.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param sessions opens their sessions
 * @param framing how STOMP travels on them
 * @param stompLimits bounds the frames of clients
 * @param maxFrameBytes the longest WebSocket frame, the most of a message that is kept, and the most that one inflates
 *     to, in bytes
 */
public record ConnectionSettings(
        SessionOpener sessions, StompFraming framing, StompLimits stompLimits, int maxFrameBytes)
        implements WebSocketProtocol {

    @Override
    public Speech speech(WebSocketConnection connection, Handshake handshake) {
        return new StompOverWebSocket(connection, this, handshake);
    }
}
