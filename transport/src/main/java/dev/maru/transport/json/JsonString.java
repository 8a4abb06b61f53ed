package dev.maru.transport.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON strings in UTF-8, with no more escapes than JSON asks for (RFC 8259, 7).
 *
 * <p>Stateless; safe for any thread as long as the buffer is not shared.
 */
final class JsonString {
    /** What a byte of text becomes at most: {@code \}{@code u001f}. */
    static final int MAX_ESCAPED = 6;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private JsonString() {}

    /** Appends the text in quotes; half a surrogate pair becomes a question mark. */
    static void write(String text, ByteBuf out) {
        write(text.getBytes(StandardCharsets.UTF_8), out);
    }

    /** Appends the text in quotes. The bytes must be UTF-8. */
    static void write(byte[] text, ByteBuf out) {
        out.writeByte('"');
        int plain = 0;
        for (int i = 0; i < text.length; i++) {
            byte octet = text[i];
            if (octet == '"' || octet == '\\' || (octet >= 0 && octet < ' ')) {
                out.writeBytes(text, plain, i - plain);
                escape(octet, out);
                plain = i + 1;
            }
        }
        out.writeBytes(text, plain, text.length - plain).writeByte('"');
    }

    private static void escape(byte octet, ByteBuf out) {
        out.writeByte('\\');
        switch (octet) {
            case '"', '\\' -> out.writeByte(octet);
            case '\n' -> out.writeByte('n');
            case '\r' -> out.writeByte('r');
            case '\t' -> out.writeByte('t');
            default -> {
                ByteBufUtil.writeAscii(out, "u00");
                out.writeByte(HEX[octet >> 4]).writeByte(HEX[octet & 0xF]);
            }
        }
    }
}
