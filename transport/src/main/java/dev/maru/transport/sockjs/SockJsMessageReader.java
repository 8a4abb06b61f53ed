package dev.maru.transport.sockjs;

import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.text.BodyDecoder;
import dev.maru.transport.websocket.MessageReader;
import dev.maru.transport.websocket.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON strings, one or an array of them, and hands their text to the STOMP decoder.
 *
 * <p>Confined to its connection's event loop. JSON is read when its message is whole, so a message is kept until then;
 * one that arrives in one piece is read where it lies.
 */
final class SockJsMessageReader implements MessageReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Violation NOT_FRAMED =
            Violation.protocol("a SockJS message is a JSON string or an array of JSON strings");

    private final StompDecoder decoder;
    private final int maxMessageBytes;

    private @Nullable ByteBuf kept;

    SockJsMessageReader(StompLimits limits, int maxMessageBytes, StompFrameListener listener) {
        this.decoder = new StompDecoder(limits, new BodyDecoder(listener));
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public @Nullable Violation read(ByteBuf part, boolean endOfMessage) {
        int size = (kept == null ? 0 : kept.readableBytes()) + part.readableBytes();
        if (size > maxMessageBytes) {
            part.release();
            close();
            return Violation.tooBig("SockJS message", maxMessageBytes);
        }
        if (!endOfMessage) {
            keep(part);
            return null;
        }
        return readMessage(whole(part));
    }

    @Override
    public void version(StompVersion version) {
        decoder.version(version);
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
        decoder.close();
    }

    private void keep(ByteBuf part) {
        try {
            if (kept == null) {
                kept = part.alloc().buffer(part.readableBytes());
            }
            kept.writeBytes(part);
        } finally {
            part.release();
        }
    }

    private ByteBuf whole(ByteBuf part) {
        if (kept == null) {
            return part;
        }
        keep(part);
        ByteBuf message = kept;
        kept = null;
        return message;
    }

    /** Empty messages are ignored, as the protocol wants it. */
    private @Nullable Violation readMessage(ByteBuf message) {
        try {
            return message.isReadable() ? readJson(message) : null;
        } catch (JacksonException e) {
            return NOT_FRAMED;
        } finally {
            message.release();
        }
    }

    private @Nullable Violation readJson(ByteBuf message) {
        InputStream bytes = new ByteBufInputStream(message);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            boolean framed = switch (json.nextToken()) {
                case VALUE_STRING -> readText(json);
                case START_ARRAY -> readArray(json);
                case null, default -> false;
            };
            return framed && json.nextToken() == null ? null : NOT_FRAMED;
        }
    }

    private boolean readArray(JsonParser json) {
        JsonToken token = json.nextToken();
        while (token == JsonToken.VALUE_STRING) {
            readText(json);
            token = json.nextToken();
        }
        return token == JsonToken.END_ARRAY;
    }

    private boolean readText(JsonParser json) {
        decoder.decode(Unpooled.wrappedBuffer(SockJsMessages.utf8(json.getString())));
        return true;
    }
}
