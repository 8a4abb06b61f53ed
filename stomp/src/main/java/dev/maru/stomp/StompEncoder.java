package dev.maru.stomp;

import io.netty.buffer.ByteBuf;

/** Writes frames. Stateless; safe for any thread as long as the buffer is not shared. */
public final class StompEncoder {
    private StompEncoder() {}

    /**
     * Appends one frame with its closing NUL. Adds {@code content-length} when the body is not empty; escapes headers
     * as the version and the command say.
     */
    public static void encode(
            StompVersion version, StompCommand command, StompHeaders headers, byte[] body, ByteBuf out) {
        throw new UnsupportedOperationException();
    }

    /** An upper bound of what {@link #encode} will write, in bytes; cheap, for choosing a buffer. */
    public static int maxEncodedLength(StompCommand command, StompHeaders headers, byte[] body) {
        throw new UnsupportedOperationException();
    }
}
