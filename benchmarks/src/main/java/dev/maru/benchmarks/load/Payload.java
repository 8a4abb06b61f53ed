package dev.maru.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The part of a message that the generator makes and recognises: a mark that stands nowhere else in a frame, sixteen
 * digits that number the message, and filler that depends on the number.
 *
 * <p>Immutable; safe for any thread.
 */
record Payload(long number, byte[] bytes) {
    static final byte MARK = '~';
    static final int NUMBER_DIGITS = 16;
    private static final int HEAD = 1 + NUMBER_DIGITS;

    /** The payload of this number, so many bytes long (at least 17). */
    static Payload of(long number, int length) {
        StringBuilder text = new StringBuilder(length).append((char) MARK);
        text.append("%016x".formatted(number));
        for (int i = HEAD; i < length; i++) {
            text.append((char) ('a' + (number * 31 + i * 7L) % 26));
        }
        return new Payload(number, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The number behind the mark at this index. */
    static long numberAt(ByteBuf in, int mark) {
        long number = 0;
        for (int i = mark + 1; i <= mark + NUMBER_DIGITS; i++) {
            int digit = in.getByte(i);
            number = number << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return number;
    }

    /** Whether these bytes stand at this index. */
    boolean standsAt(ByteBuf in, int mark) {
        return ByteBufUtil.equals(in, mark, Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    }
}
