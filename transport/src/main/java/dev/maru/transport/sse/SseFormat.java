package dev.maru.transport.sse;

import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompHeaders;
import dev.maru.transport.websocket.Utf8Validator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Frames as server-sent events (WHATWG HTML, 9.2).
 *
 * <p>Stateless; safe for any thread.
 *
 * <p>A MESSAGE is an event {@code message} whose id is its position and whose data is its body. An event stream is
 * UTF-8 and knows no carriage return within data, so a body that is not UTF-8, or has one, is an event {@code base64}
 * instead. The RECEIPT of the subscription becomes the position to start from: an id without an event, or an event
 * {@code reset} if what the client has missed cannot be replayed.
 */
final class SseFormat implements WireFormat {
    /** How soon a browser comes back, in milliseconds. */
    private static final int RETRY_MILLIS = 2_000;

    private static final int FIXED = 128;

    @Override
    public Object key() {
        return SseFormat.class;
    }

    @Override
    public void encode(ServerFrame frame, ByteBuf out) {
        switch (frame.command()) {
            case MESSAGE -> message(frame, out);
            case RECEIPT -> receipt(frame.headers(), out);
            case ERROR -> event("fault", frame.body(), out);
            default -> {}
        }
    }

    /** A comment. */
    @Override
    public void encodeHeartBeat(ByteBuf out) {
        ByteBufUtil.writeAscii(out, ":\n");
    }

    /** A guess: most bodies are text of a few lines. */
    @Override
    public int weight(ServerFrame frame) {
        return FIXED + frame.body().length + frame.body().length / 4;
    }

    private static void message(ServerFrame frame, ByteBuf out) {
        id(frame.headers().get("message-id"), out);
        byte[] body = frame.body();
        if (travelsAsText(body)) {
            event("message", body, out);
        } else {
            event("base64", Base64.getEncoder().encode(body), out);
        }
    }

    private static void receipt(StompHeaders headers, ByteBuf out) {
        ByteBufUtil.writeAscii(out, "retry: " + RETRY_MILLIS + '\n');
        String position = headers.get("position");
        id(position, out);
        if ("false".equals(headers.get("recovered"))) {
            String standing = "{\"position\":\"" + position + "\",\"head\":\"" + headers.get("head") + "\"}";
            event("reset", standing.getBytes(StandardCharsets.US_ASCII), out);
        } else {
            out.writeByte('\n');
        }
    }

    /** Only positions are ids: whatever stands there comes back as {@code Last-Event-ID}. */
    private static void id(@Nullable String messageId, ByteBuf out) {
        if (messageId != null) {
            StreamPosition.parse(messageId)
                    .ifPresent(position -> ByteBufUtil.writeAscii(out, "id: " + position + '\n'));
        }
    }

    private static void event(String name, byte[] data, ByteBuf out) {
        ByteBufUtil.writeAscii(out, "event: " + name + '\n');
        int from = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n') {
                line(data, from, i, out);
                from = i + 1;
            }
        }
        line(data, from, data.length, out);
        out.writeByte('\n');
    }

    private static void line(byte[] data, int from, int to, ByteBuf out) {
        ByteBufUtil.writeAscii(out, "data: ");
        out.writeBytes(data, from, to - from).writeByte('\n');
    }

    private static boolean travelsAsText(byte[] body) {
        for (byte octet : body) {
            if (octet == '\r') {
                return false;
            }
        }
        return Utf8Validator.isUtf8(body);
    }
}
