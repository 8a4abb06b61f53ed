package dev.maru.transport.text;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompHeaders;
import dev.maru.transport.websocket.Utf8Validator;
import java.util.Base64;

/**
 * A body where only text can travel: as it is if it is UTF-8, otherwise as base64 (RFC 4648, 4), and the header
 * {@code content-transfer-encoding:base64} says so.
 *
 * <p>Stateless; safe for any thread.
 */
public final class TextBody {
    /** The header that tells how a body travels. */
    public static final String ENCODING = "content-transfer-encoding";

    /** The one value of the header that means anything here. */
    public static final String BASE64 = "base64";

    private TextBody() {}

    /** The same frame if its body is UTF-8, or one whose body is base64. */
    public static ServerFrame of(ServerFrame frame) {
        return Utf8Validator.isUtf8(frame.body()) ? frame : encoded(frame);
    }

    private static ServerFrame encoded(ServerFrame frame) {
        StompHeaders headers = StompHeaders.of(ENCODING, BASE64);
        frame.headers().forEach(headers::add);
        return new ServerFrame(frame.command(), headers, Base64.getEncoder().encode(frame.body()));
    }
}
