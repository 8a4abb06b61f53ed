package dev.maru.transport.websocket;

import dev.maru.engine.session.Handshake;

/**
 * What all connections of one kind have in common: what is said over them, and how.
 *
 * <p>Immutable; safe for any thread.
 */
public interface WebSocketProtocol {

    /** What stands around that which is said. */
    Framing framing();

    /** The longest WebSocket frame, the most of a message that is kept, and the most that one inflates to, in bytes. */
    int maxFrameBytes();

    /** What will be said over a new connection. */
    Speech speech(WebSocketConnection connection, Handshake handshake);
}
