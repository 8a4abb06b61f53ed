package dev.maru.transport.sockjs;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Conversations;
import dev.maru.transport.conversation.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A conversation over SockJS's HTTP transports.
 *
 * <p>Confined to its session's event loop.
 */
final class ConversationOverSockJs implements Peer, SockJsApplication {
    private final SockJsSession session;
    private @Nullable Conversation conversation;

    ConversationOverSockJs(SockJsSession session) {
        this.session = session;
    }

    ConversationOverSockJs open(Conversations conversations, Handshake handshake) {
        conversation = conversations.open(this, handshake);
        return this;
    }

    @Override
    public void onMessage(String message) {
        if (conversation != null) {
            conversation.onText(message);
        }
    }

    @Override
    public void onActivity() {}

    @Override
    public void onSent() {
        if (conversation != null && session.isOpen()) {
            conversation.onSent();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (conversation != null) {
            conversation.onClosed(reason);
        }
    }

    @Override
    public EventExecutor executor() {
        return session.executor();
    }

    @Override
    public void sendText(String message) {
        ByteBuf string = session.allocator().buffer(message.length() + message.length() / 4 + 3);
        SockJsString.write(message, string);
        session.write(string.writeByte(','));
        session.flush();
    }

    @Override
    public void sendBinary(byte[] message) {
        throw new UnsupportedOperationException("SockJS carries text only");
    }

    @Override
    public long unsentBytes() {
        return session.unsentBytes();
    }

    @Override
    public void reading(boolean on) {
        session.reading(on);
    }

    @Override
    public void close(int code, String reason) {
        session.close(code, reason, CloseReason.CLIENT_CLOSED);
    }
}
