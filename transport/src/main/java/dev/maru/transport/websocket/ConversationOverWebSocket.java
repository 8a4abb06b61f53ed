package dev.maru.transport.websocket;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A conversation over a WebSocket: puts messages together, up to the limit.
 *
 * <p>Confined to its connection's event loop.
 */
final class ConversationOverWebSocket implements Speech, Peer {
    private final WebSocketConnection connection;
    private final ConversationSettings settings;
    private final Handshake handshake;

    private @Nullable Conversation conversation;
    private @Nullable ByteBuf kept;
    private boolean text;

    ConversationOverWebSocket(WebSocketConnection connection, ConversationSettings settings, Handshake handshake) {
        this.connection = connection;
        this.settings = settings;
        this.handshake = handshake;
    }

    @Override
    public void open() {
        conversation = settings.conversations().open(this, handshake);
    }

    @Override
    public void onActivity() {}

    @Override
    public void onMessage(boolean isText) {
        text = isText;
    }

    @Override
    public @Nullable Violation onPart(ByteBuf part, boolean endOfMessage) {
        try {
            if (part.readableBytes() > settings.maxFrameBytes() - (kept == null ? 0 : kept.readableBytes())) {
                return Violation.tooBig("message", settings.maxFrameBytes());
            }
            if (endOfMessage && kept == null) {
                return whole(part);
            }
            kept = kept == null ? part.alloc().buffer(part.readableBytes()) : kept;
            kept.writeBytes(part);
        } finally {
            part.release();
        }
        return endOfMessage ? wholeOfKept(kept) : null;
    }

    private @Nullable Violation wholeOfKept(ByteBuf message) {
        kept = null;
        try {
            return whole(message);
        } finally {
            message.release();
        }
    }

    private @Nullable Violation whole(ByteBuf message) {
        return conversation == null ? null : settings.framing().read(ByteBufUtil.getBytes(message), text, conversation);
    }

    @Override
    public void onViolation(Violation violation) {
        onCloseFrame(violation.closeCode(), violation.detail());
        connection.close(CloseReason.PROTOCOL_FAULT);
    }

    @Override
    public void onCloseFrame(int code, String reason) {
        if (conversation != null) {
            conversation.onEnding(code, reason);
        }
    }

    @Override
    public void onSent() {
        if (conversation != null) {
            conversation.onSent();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (kept != null) {
            kept.release();
            kept = null;
        }
        if (conversation != null) {
            conversation.onClosed(reason);
        }
    }

    @Override
    public EventExecutor executor() {
        return connection.executor();
    }

    @Override
    public void sendText(String message) {
        ByteBuf frame = connection.allocator().buffer(FrameWriter.headerLength(message.length()) + message.length());
        settings.framing().writeText(message, frame);
        send(frame);
    }

    @Override
    public void sendBinary(byte[] message) {
        if (!settings.framing().carriesBytes()) {
            throw new UnsupportedOperationException("this framing carries text only");
        }
        ByteBuf frame = connection.allocator().buffer(FrameWriter.headerLength(message.length) + message.length);
        FrameWriter.writeHeader(Opcode.BINARY, message.length, frame);
        send(frame.writeBytes(message));
    }

    /** Nobody else gets these bytes, so what compressing them costs is paid once. */
    private void send(ByteBuf frame) {
        connection.write(connection.compressed(frame));
        connection.flush();
    }

    @Override
    public long unsentBytes() {
        return connection.unsentBytes();
    }

    @Override
    public void reading(boolean on) {
        connection.reading(on);
    }

    @Override
    public void close(int code, String reason) {
        connection.close(code, reason, CloseReason.CLIENT_CLOSED);
    }
}
