package dev.maru.transport.sockjs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Writes UTF-8 text as a JSON string in the form that every SockJS client reads (SockJS 0.3.4, "JSON Unicode
 * Encoding"): besides what JSON asks for, those characters are escaped that some browser loses on the way, among them
 * everything outside the basic plane.
 *
 * <p>Stateless; safe for any thread as long as the buffer is not shared.
 */
final class SockJsString {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int ESCAPED_UNIT = 6;

    private SockJsString() {}

    /** How many bytes {@link #write} will append for these bytes. */
    static int length(byte[] text, int from, int to) {
        int length = 2;
        for (int i = from; i < to; ) {
            int width = width(text[i]);
            length += cost(codePoint(text, i, width), width);
            i += width;
        }
        return length;
    }

    /** Appends the text in quotes. The bytes must be UTF-8. */
    static void write(byte[] text, int from, int to, ByteBuf out) {
        out.writeByte('"');
        int plain = from;
        for (int i = from; i < to; ) {
            int width = width(text[i]);
            int codePoint = codePoint(text, i, width);
            if (cost(codePoint, width) != width) {
                out.writeBytes(text, plain, i - plain);
                escape(codePoint, out);
                plain = i + width;
            }
            i += width;
        }
        out.writeBytes(text, plain, to - plain).writeByte('"');
    }

    /** Appends a string of JavaScript in quotes; surrogates may be alone. */
    static void write(String text, ByteBuf out) {
        out.writeByte('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (shortEscape(c) != 0 || lost(c) || Character.isSurrogate(c)) {
                ByteBufUtil.writeUtf8(out, text, plain, i);
                escape(c, out);
                plain = i + 1;
            }
        }
        ByteBufUtil.writeUtf8(out, text, plain, text.length());
        out.writeByte('"');
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

    private static int width(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        int octet = lead & 0xFF;
        return octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : 4;
    }

    private static int codePoint(byte[] text, int index, int width) {
        if (width == 1) {
            return text[index];
        }
        int codePoint = text[index] & (0xFF >> (width + 1));
        for (int i = 1; i < width; i++) {
            codePoint = (codePoint << 6) | (text[index + i] & 0x3F);
        }
        return codePoint;
    }
}
