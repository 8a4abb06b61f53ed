package dev.maru.transport.websocket;

import dev.maru.transport.conversation.Conversation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a conversation as they are, one in each WebSocket message.
 *
 * <p>Stateless; safe for any thread.
 */
public final class WholeMessages implements ConversationFraming {

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public void writeOpening(ByteBuf out) {}

    @Override
    public void writeClosing(int code, String reason, ByteBuf out) {}

    @Override
    public KeepAlive keepAlive() {
        return KeepAlive.NONE;
    }

    @Override
    public boolean carriesBytes() {
        return true;
    }

    @Override
    public void writeText(String message, ByteBuf out) {
        FrameWriter.writeHeader(Opcode.TEXT, ByteBufUtil.utf8Bytes(message), out);
        ByteBufUtil.writeUtf8(out, message);
    }

    @Override
    public @Nullable Violation read(byte[] message, boolean text, Conversation to) {
        if (text) {
            to.onText(new String(message, StandardCharsets.UTF_8));
            return null;
        }
        return to.onBinary(message) ? null : Violation.unwanted("binary messages mean nothing here");
    }
}
