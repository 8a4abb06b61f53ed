package dev.maru.transport.websocket;

import dev.maru.engine.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed about compression on one connection (RFC 7692).
 *
 * <p>Immutable; safe for any thread.
 *
 * @param compression null if there is none
 * @param outgoing whether messages to the client may be compressed too: not if it wants a smaller window than ours
 */
public record Deflate(@Nullable MessageCompression compression, boolean outgoing) {
    /** No compression. */
    public static final Deflate NONE = new Deflate(null, false);

    boolean agreed() {
        return compression != null;
    }

    /** The same format, compressed where many connections get the same bytes. */
    WireFormat around(WireFormat format) {
        return compression == null || !outgoing ? format : new DeflatableFormat(format, compression);
    }

    /** The same frame, compressed if that is worth it. Owns it, and gives another away. */
    ByteBuf compressed(ByteBuf frame) {
        if (compression == null || !outgoing || !compression.pays(frame.readableBytes())) {
            return frame;
        }
        ByteBuf out = frame.alloc().buffer(frame.readableBytes());
        try {
            compression.write(frame, out);
            return out;
        } catch (RuntimeException | Error e) {
            out.release();
            throw e;
        } finally {
            frame.release();
        }
    }
}
