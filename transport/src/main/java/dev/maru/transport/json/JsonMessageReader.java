package dev.maru.transport.json;

import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.text.BodyDecoder;
import dev.maru.transport.websocket.MessageReader;
import dev.maru.transport.websocket.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a flat JSON object from each message, strictly: known types, text and whole numbers, no field twice, nothing
 * nested. A message of white space only is a heart-beat.
 *
 * <p>Confined to its connection's event loop. A message is kept until it is whole, up to a limit, and parsed once.
 */
final class JsonMessageReader implements MessageReader {
    /** Names come from strangers, so they are not kept in a table that all parsers share. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private final StompLimits limits;
    private final int maxMessageBytes;
    private final StompFrameListener listener;

    private @Nullable ByteBuf kept;
    private boolean faulty;

    JsonMessageReader(StompLimits limits, int maxMessageBytes, StompFrameListener listener) {
        this.limits = limits;
        this.maxMessageBytes = maxMessageBytes;
        this.listener = new BodyDecoder(listener);
    }

    @Override
    public @Nullable Violation read(ByteBuf part, boolean endOfMessage) {
        try {
            int size = (kept == null ? 0 : kept.readableBytes()) + part.readableBytes();
            if (size > maxMessageBytes) {
                close();
                return Violation.tooBig("message", maxMessageBytes);
            }
            if (!endOfMessage) {
                keep(part);
            } else if (kept == null) {
                readMessage(part);
            } else {
                keep(part);
                readKept();
            }
            return null;
        } finally {
            part.release();
        }
    }

    /** There is only one version. */
    @Override
    public void version(StompVersion version) {}

    @Override
    public void close() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    private void keep(ByteBuf part) {
        if (kept == null) {
            kept = part.alloc().buffer(part.readableBytes());
        }
        kept.writeBytes(part);
    }

    private void readKept() {
        ByteBuf message = kept;
        kept = null;
        if (message != null) {
            try {
                readMessage(message);
            } finally {
                message.release();
            }
        }
    }

    private void readMessage(ByteBuf message) {
        if (faulty) {
            return;
        }
        JsonFields fields = new JsonFields(limits);
        StompFrame frame;
        try {
            String text = text(message);
            frame = text.isBlank() ? null : frame(text, fields);
        } catch (JsonFaultException e) {
            fault(e.fault(), e.detail(), fields);
            return;
        } catch (JacksonException | CharacterCodingException e) {
            fault(StompFault.MALFORMED_FRAME, "a message is a JSON object", fields);
            return;
        }
        if (frame == null) {
            listener.onHeartBeat();
        } else {
            listener.onFrame(frame);
        }
    }

    private void fault(StompFault fault, String detail, JsonFields fields) {
        faulty = true;
        listener.onFault(fault, detail, fields.receipt());
    }

    private static StompFrame frame(String text, JsonFields fields) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw JsonFaultException.malformed("a message is a JSON object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
                    throw JsonFaultException.malformed("a field is text or a whole number");
                }
                fields.put(name, json.getString(), value == JsonToken.VALUE_STRING);
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw JsonFaultException.malformed("a message is one JSON object and nothing else");
            }
        }
        return fields.frame();
    }

    private static String text(ByteBuf message) throws CharacterCodingException {
        byte[] bytes = ByteBufUtil.getBytes(message);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
