package dev.maru.transport.websocket;

import dev.maru.stomp.StompLimits;

/**
 * What all connections of one kind have in common.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param sessions opens their sessions
 * @param framing how STOMP travels on them
 * @param stompLimits bounds the frames of clients
 * @param maxFrameBytes the longest WebSocket frame, and the most of a message that is kept, in bytes
 */
public record ConnectionSettings(
        SessionOpener sessions, StompFraming framing, StompLimits stompLimits, int maxFrameBytes) {}
