package dev.maru.stomp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Writes frames. Stateless; safe for any thread as long as the buffer is not shared. */
public final class StompEncoder {
    private static final String CONTENT_LENGTH = "content-length";

    /** A character of UTF-16 takes at most this many bytes, escaped or not. */
    private static final int MAX_BYTES_PER_CHAR = 3;

    /** The line of a {@code content-length}, the blank line and the NUL. */
    private static final int MAX_REST = CONTENT_LENGTH.length() + 1 + 10 + 3;

    private StompEncoder() {}

    /**
     * Appends one frame with its closing NUL. Adds {@code content-length} when the body is not empty, and leaves out
     * any that is among the headers; escapes headers as the version and the command say. What a version cannot express
     * in a header (line ends where nothing is escaped, a colon in such a name, NUL anywhere, half a surrogate pair)
     * becomes a question mark.
     */
    public static void encode(
            StompVersion version, StompCommand command, StompHeaders headers, byte[] body, ByteBuf out) {
        ByteBufUtil.writeAscii(out, command.name());
        out.writeByte('\n');
        writeHeaders(HeaderEscaping.of(version, command), headers, out);
        if (body.length > 0) {
            writeContentLength(body.length, out);
        }
        out.writeByte('\n');
        out.writeBytes(body);
        out.writeByte(0);
    }

    /** An upper bound of what {@link #encode} will write, in bytes; cheap, for choosing a buffer. */
    public static int maxEncodedLength(StompCommand command, StompHeaders headers, byte[] body) {
        int most = command.name().length() + 1 + MAX_REST + body.length;
        for (int i = 0; i < headers.size(); i++) {
            most += MAX_BYTES_PER_CHAR
                            * (headers.name(i).length() + headers.value(i).length())
                    + 2;
        }
        return most;
    }

    private static void writeHeaders(HeaderEscaping escaping, StompHeaders headers, ByteBuf out) {
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!name.equals(CONTENT_LENGTH)) {
                ByteBufUtil.writeUtf8(out, escaping.escapeName(name));
                out.writeByte(':');
                ByteBufUtil.writeUtf8(out, escaping.escapeValue(headers.value(i)));
                out.writeByte('\n');
            }
        }
    }

    private static void writeContentLength(int length, ByteBuf out) {
        ByteBufUtil.writeAscii(out, CONTENT_LENGTH);
        out.writeByte(':');
        writeDecimal(length, out);
        out.writeByte('\n');
    }

    private static void writeDecimal(int number, ByteBuf out) {
        if (number > 9) {
            writeDecimal(number / 10, out);
        }
        out.writeByte('0' + number % 10);
    }
}
