package dev.maru.transport.sockjs;

import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.websocket.ConversationFraming;
import dev.maru.transport.websocket.FrameWriter;
import dev.maru.transport.websocket.Opcode;
import dev.maru.transport.websocket.Violation;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The messages of a conversation inside SockJS inside WebSocket messages (SockJS 0.3.4, "Protocol and framing").
 *
 * <p>Stateless; safe for any thread.
 */
public final class SockJsConversationFraming implements ConversationFraming {
    private static final int BRACKETS = 3;
    private static final JsonFactory JSON = new JsonFactory();
    private static final Violation NOT_FRAMED =
            Violation.protocol("a message is neither a JSON string nor an array of JSON strings");

    private final SockJsFraming framing = new SockJsFraming();

    @Override
    public String transport() {
        return framing.transport();
    }

    @Override
    public void writeOpening(ByteBuf out) {
        framing.writeOpening(out);
    }

    @Override
    public void writeClosing(int code, String reason, ByteBuf out) {
        framing.writeClosing(code, reason, out);
    }

    @Override
    public KeepAlive keepAlive() {
        return framing.keepAlive();
    }

    @Override
    public boolean carriesBytes() {
        return false;
    }

    /** In the same form as over HTTP, where a lone surrogate stays what it is. */
    @Override
    public void writeText(String message, ByteBuf out) {
        ByteBuf string = out.alloc().buffer(message.length() + 2);
        try {
            SockJsString.write(message, string);
            FrameWriter.writeHeader(Opcode.TEXT, string.readableBytes() + BRACKETS, out);
            out.writeByte('a').writeByte('[').writeBytes(string).writeByte(']');
        } finally {
            string.release();
        }
    }

    /** Empty messages are ignored, as the protocol wants it. */
    @Override
    public @Nullable Violation read(byte[] message, boolean text, Conversation to) {
        if (message.length == 0) {
            return null;
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), message)) {
            return read(json, to) && json.nextToken() == null ? null : NOT_FRAMED;
        } catch (JacksonException e) {
            return NOT_FRAMED;
        }
    }

    private static boolean read(JsonParser json, Conversation to) {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            to.onText(json.getString());
            return true;
        }
        if (token != JsonToken.START_ARRAY) {
            return false;
        }
        token = json.nextToken();
        while (token == JsonToken.VALUE_STRING) {
            to.onText(json.getString());
            token = json.nextToken();
        }
        return token == JsonToken.END_ARRAY;
    }
}
