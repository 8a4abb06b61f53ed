package dev.maru.transport.sockjs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Writes UTF-8 text as a JSON string in the form that every SockJS client reads (SockJS 0.3.4, "JSON Unicode
 * Encoding"): besides what JSON asks for, those characters are escaped that some browser loses on the way, among them
 * everything outside the basic plane.
 *
 * <p>Stateless; safe for any thread as long as the buffers are not shared.
 */
final class SockJsString {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int ESCAPED_UNIT = 6;

    private SockJsString() {}

    /** How many bytes {@link #write} will append for this text. */
    static int length(ByteBuf text) {
        int length = 2;
        int end = text.writerIndex();
        for (int i = text.readerIndex(); i < end; ) {
            int octet = text.getUnsignedByte(i);
            int width = width(octet);
            length += cost(octet < 0x80 ? octet : codePoint(text, i, width), width);
            i += width;
        }
        return length;
    }

    /** Appends the text in quotes. The text must be UTF-8; it is not consumed. */
    static void write(ByteBuf text, ByteBuf out) {
        out.writeByte('"');
        int end = text.writerIndex();
        int plain = text.readerIndex();
        for (int i = plain; i < end; ) {
            int octet = text.getUnsignedByte(i);
            int width = width(octet);
            int codePoint = octet < 0x80 ? octet : codePoint(text, i, width);
            if (cost(codePoint, width) != width) {
                out.writeBytes(text, plain, i - plain);
                escape(codePoint, out);
                plain = i + width;
            }
            i += width;
        }
        out.writeBytes(text, plain, end - plain).writeByte('"');
    }

    private static int cost(int codePoint, int width) {
        if (shortEscape(codePoint) != 0) {
            return 2;
        }
        if (codePoint > 0xFFFF) {
            return 2 * ESCAPED_UNIT;
        }
        return lost(codePoint) ? ESCAPED_UNIT : width;
    }

    /** Control characters, and the ranges that the protocol names. */
    private static boolean lost(int c) {
        return c < 0x20
                || (c >= 0x200C && c <= 0x200F)
                || (c >= 0x2028 && c <= 0x202F)
                || (c >= 0x2060 && c <= 0x206F)
                || c >= 0xFFF0;
    }

    private static int shortEscape(int codePoint) {
        return switch (codePoint) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
    }

    private static void escape(int codePoint, ByteBuf out) {
        int letter = shortEscape(codePoint);
        if (letter != 0) {
            out.writeByte('\\').writeByte(letter);
        } else if (codePoint > 0xFFFF) {
            escapeUnit(Character.highSurrogate(codePoint), out);
            escapeUnit(Character.lowSurrogate(codePoint), out);
        } else {
            escapeUnit(codePoint, out);
        }
    }

    private static void escapeUnit(int unit, ByteBuf out) {
        ByteBufUtil.writeAscii(out, "\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.writeByte(HEX[unit >> shift & 0xF]);
        }
    }

    private static int width(int lead) {
        if (lead < 0x80) {
            return 1;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    private static int codePoint(ByteBuf text, int index, int width) {
        int codePoint = text.getByte(index) & (0xFF >> (width + 1));
        for (int i = 1; i < width; i++) {
            codePoint = (codePoint << 6) | (text.getByte(index + i) & 0x3F);
        }
        return codePoint;
    }
}
