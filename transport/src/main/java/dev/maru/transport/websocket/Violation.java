package dev.maru.transport.websocket;

import dev.maru.stomp.StompFault;

/**
 * What a client did wrong below the level of STOMP.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param closeCode for the close frame (RFC 6455, 7.4.1)
 * @param fault for the ERROR frame in front of it
 * @param detail the same in words, without the client's own bytes
 */
public record Violation(int closeCode, StompFault fault, String detail) {

    /** A broken rule of the WebSocket protocol, or of what is agreed to travel in it. */
    public static Violation protocol(String detail) {
        return new Violation(CloseCode.PROTOCOL_ERROR, StompFault.MALFORMED_FRAME, detail);
    }

    /** Text that is not UTF-8. */
    static Violation notUtf8(String detail) {
        return new Violation(CloseCode.NOT_UTF_8, StompFault.MALFORMED_FRAME, detail);
    }

    /** A kind of message that the receiver has no use for. */
    static Violation unwanted(String detail) {
        return new Violation(CloseCode.UNWANTED, StompFault.MALFORMED_FRAME, detail);
    }

    /** Compressed bytes that cannot be inflated. */
    static Violation notDeflated(String detail) {
        return new Violation(CloseCode.NOT_UTF_8, StompFault.MALFORMED_FRAME, detail);
    }

    /** More bytes than one frame or message may have. */
    public static Violation tooBig(String what, int limit) {
        String detail = "a " + what + " is longer than " + limit + " bytes";
        return new Violation(CloseCode.TOO_BIG, StompFault.FRAME_TOO_LARGE, detail);
    }
}
