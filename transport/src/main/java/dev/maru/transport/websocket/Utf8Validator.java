package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells whether bytes are UTF-8 (RFC 3629), handed over in parts that are cut anywhere.
 *
 * <p>Confined to one thread. For each byte behind a leading one it knows the range that is allowed there, which is
 * narrower behind E0, ED, F0 and F4: that is what refuses overlong forms, surrogates and everything past U+10FFFF.
 * Eight bytes of ASCII are taken at once.
 */
public final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;
    private static final int LOWEST = 0x80;
    private static final int HIGHEST = 0xBF;

    private int missing;
    private int lowest = LOWEST;
    private int highest = HIGHEST;

    /** Whether all of these bytes together are UTF-8. */
    public static boolean isUtf8(byte[] bytes) {
        Utf8Validator validator = new Utf8Validator();
        int i = 0;
        while (i < bytes.length) {
            if (validator.missing == 0 && i + 8 <= bytes.length && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0) {
                i += 8;
            } else if (!validator.accept(bytes[i++] & 0xFF)) {
                return false;
            }
        }
        return validator.complete();
    }

    /** Takes the next bytes; false if no continuation can make UTF-8 of them. */
    boolean accept(ByteBuf bytes, int index, int length) {
        int end = index + length;
        int i = index;
        while (i < end) {
            if (missing == 0 && i + 8 <= end && (bytes.getLong(i) & NOT_ASCII) == 0) {
                i += 8;
            } else if (!accept(bytes.getUnsignedByte(i++))) {
                return false;
            }
        }
        return true;
    }

    /** Whether no character is unfinished. */
    boolean complete() {
        return missing == 0;
    }

    private boolean accept(int octet) {
        if (missing == 0) {
            return octet < LOWEST || lead(octet);
        }
        if (octet < lowest || octet > highest) {
            return false;
        }
        missing--;
        lowest = LOWEST;
        highest = HIGHEST;
        return true;
    }

    private boolean lead(int octet) {
        if (octet < 0xC2 || octet > 0xF4) {
            return false;
        }
        missing = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
        switch (octet) {
            case 0xE0 -> lowest = 0xA0;
            case 0xED -> highest = 0x9F;
            case 0xF0 -> lowest = 0x90;
            case 0xF4 -> highest = 0x8F;
            default -> {}
        }
        return true;
    }
}
