package dev.maru.transport.json;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompLimits;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one message on their way to become a frame, within the limits that a STOMP frame has.
 *
 * <p>Confined to one thread.
 */
final class JsonFields {
    private static final byte[] NO_BODY = {};

    private final StompLimits limits;
    private final StompHeaders headers = new StompHeaders();
    private @Nullable StompCommand command;
    private byte @Nullable [] body;
    private long bytes;

    JsonFields(StompLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes a field.
     *
     * @param text whether the value was written as text, and not as a number
     */
    void put(String name, String value, boolean text) {
        switch (name) {
            case "type" -> command = command(value, text);
            case "body" -> body = body(value, text);
            default -> header(name, value);
        }
        if (bytes > limits.maxFrameBytes()) {
            throw new JsonFaultException(
                    StompFault.FRAME_TOO_LARGE, "a frame has at most " + limits.maxFrameBytes() + " bytes");
        }
    }

    /** What the client wants to be answered with, as far as it is known. */
    @Nullable String receipt() {
        return headers.get("receipt");
    }

    /** The frame of all that was put. CONNECT gets the version that this framing stands for. */
    StompFrame frame() {
        StompCommand named = command;
        if (named == null) {
            throw JsonFaultException.malformed("the field type is missing");
        }
        if (body != null && !named.allowsBody()) {
            throw new JsonFaultException(StompFault.BODY_NOT_ALLOWED, "only SEND has a body");
        }
        return new StompFrame(
                named,
                named == StompCommand.CONNECT ? connect() : headers,
                Unpooled.wrappedBuffer(body == null ? NO_BODY : body));
    }

    private StompCommand command(String value, boolean text) {
        Optional<StompCommand> named = Arrays.stream(StompCommand.values())
                .filter(known -> known.fromClient() && known != StompCommand.STOMP)
                .filter(known -> text && known.name().equals(value))
                .findFirst();
        if (command != null) {
            throw twice();
        }
        return named.orElseThrow(() ->
                new JsonFaultException(StompFault.UNKNOWN_COMMAND, "the field type names no frame that clients send"));
    }

    private byte[] body(String value, boolean text) {
        if (body != null) {
            throw twice();
        }
        if (!text) {
            throw JsonFaultException.malformed("the field body is no text");
        }
        byte[] utf8 = utf8(value);
        bytes += utf8.length;
        return utf8;
    }

    private void header(String name, String value) {
        if (headers.contains(name)) {
            throw twice();
        }
        if (headers.size() == limits.maxHeaders()) {
            throw new JsonFaultException(
                    StompFault.TOO_MANY_HEADERS, "a frame has at most " + limits.maxHeaders() + " headers");
        }
        if (name.isEmpty() || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
            throw JsonFaultException.malformed("a header without a name, or with a NUL");
        }
        int line = utf8(name).length + 1 + utf8(value).length;
        if (line > limits.maxHeaderLineBytes()) {
            throw new JsonFaultException(
                    StompFault.HEADER_LINE_TOO_LONG,
                    "a header has at most " + limits.maxHeaderLineBytes() + " bytes with its name");
        }
        bytes += line;
        headers.add(name, value);
    }

    private StompHeaders connect() {
        StompHeaders connect = StompHeaders.of("accept-version", "1.2");
        headers.forEach(connect::add);
        return connect.contains("host") ? connect : connect.add("host", "socket");
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw JsonFaultException.malformed("half a surrogate pair is no text");
        }
    }

    private static JsonFaultException twice() {
        return JsonFaultException.malformed("a field stands there twice");
    }
}
