package dev.maru.transport.websocket;

import dev.maru.transport.conversation.Conversation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of a conversation travel inside WebSocket messages: as they are, or wrapped once more.
 *
 * <p>Stateless; safe for any thread.
 */
public interface ConversationFraming extends Framing {

    /** Whether there are binary messages. */
    boolean carriesBytes();

    /** Appends a WebSocket frame with this message. */
    void writeText(String message, ByteBuf out);

    /**
     * Hands over what is in a whole WebSocket message.
     *
     * @param text whether the message is text; then it is UTF-8
     * @return what is wrong with it, or null
     */
    @Nullable Violation read(byte[] message, boolean text, Conversation to);
}
