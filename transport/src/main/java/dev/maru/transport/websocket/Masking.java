package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;

/**
 * Takes the mask off clients' payloads (RFC 6455, 5.3).
 *
 * <p>Stateless; safe for any thread as long as the buffer is not shared.
 */
final class Masking {
    private Masking() {}

    /** Unmasks these bytes in place. The highest eight bits of the mask belong to the first byte. */
    static void unmask(ByteBuf bytes, int index, int length, int mask) {
        long twice = ((long) mask << Integer.SIZE) | (mask & 0xFFFFFFFFL);
        int end = index + length;
        int i = index;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            bytes.setLong(i, bytes.getLong(i) ^ twice);
        }
        for (int rest = mask; i < end; i++) {
            rest = Integer.rotateLeft(rest, Byte.SIZE);
            bytes.setByte(i, bytes.getByte(i) ^ rest);
        }
    }
}
