package dev.maru.transport.websocket;

import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket frame is (RFC 6455, 5.2).
 *
 * <p>Immutable; safe for any thread.
 */
public enum Opcode {
    CONTINUATION(0x0),
    TEXT(0x1),
    BINARY(0x2),
    CLOSE(0x8),
    PING(0x9),
    PONG(0xA);

    private static final int CONTROL_BIT = 0x8;

    private final int bits;

    Opcode(int bits) {
        this.bits = bits;
    }

    /** The four bits on the wire. */
    int bits() {
        return bits;
    }

    /** Whether frames of this kind may come between the fragments of a message (RFC 6455, 5.5). */
    boolean control() {
        return (bits & CONTROL_BIT) != 0;
    }

    /** The opcode with these four bits, or null if they are reserved. */
    static @Nullable Opcode of(int bits) {
        return switch (bits) {
            case 0x0 -> CONTINUATION;
            case 0x1 -> TEXT;
            case 0x2 -> BINARY;
            case 0x8 -> CLOSE;
            case 0x9 -> PING;
            case 0xA -> PONG;
            default -> null;
        };
    }
}
