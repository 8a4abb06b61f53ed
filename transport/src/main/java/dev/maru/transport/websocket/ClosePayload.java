package dev.maru.transport.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client's close frame says (RFC 6455, 5.5.1).
 *
 * <p>Immutable; safe for any thread.
 *
 * @param code the code, 1005 if there is none
 * @param reason the words behind it; meaningless if they are not UTF-8
 * @param violation what is wrong with the frame, or null
 */
record ClosePayload(int code, String reason, @Nullable Violation violation) {

    static ClosePayload of(byte[] payload) {
        if (payload.length == 0) {
            return new ClosePayload(CloseCode.NONE, "", null);
        }
        if (payload.length == 1) {
            return new ClosePayload(CloseCode.NONE, "", Violation.protocol("a close frame has half a code"));
        }
        int code = ((payload[0] & 0xFF) << Byte.SIZE) | (payload[1] & 0xFF);
        String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        return new ClosePayload(code, reason, check(code, payload));
    }

    private static @Nullable Violation check(int code, byte[] payload) {
        if (!CloseCode.allowedOnTheWire(code)) {
            return Violation.protocol("a close frame has a code that may not be sent");
        }
        boolean utf8 = Utf8Validator.isUtf8(Arrays.copyOfRange(payload, 2, payload.length));
        return utf8 ? null : Violation.notUtf8("the reason in a close frame is not UTF-8");
    }
}
