package dev.maru.transport.websocket;

import dev.maru.engine.session.Handshake;
import dev.maru.transport.conversation.Conversations;

/**
 * What all connections of one kind have in common over which no STOMP is spoken.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param conversations what is said over them
 * @param framing how messages travel on them
 * @param maxFrameBytes the longest frame and the longest message, in bytes
 */
public record ConversationSettings(Conversations conversations, ConversationFraming framing, int maxFrameBytes)
        implements WebSocketProtocol {

    @Override
    public Speech speech(WebSocketConnection connection, Handshake handshake) {
        return new ConversationOverWebSocket(connection, this, handshake);
    }
}
