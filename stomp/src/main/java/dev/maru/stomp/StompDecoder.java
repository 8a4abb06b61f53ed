package dev.maru.stomp;

import io.netty.buffer.ByteBuf;

/**
 * Reads frames from bytes as they arrive, cut anywhere.
 *
 * <p>Confined to its connection's event loop.
 */
public final class StompDecoder implements AutoCloseable {

    /** A decoder that reports to this listener and speaks {@link StompVersion#V1_2} until told otherwise. */
    public StompDecoder(StompLimits limits, StompFrameListener listener) {
        throw new UnsupportedOperationException();
    }

    /**
     * The version agreed on by CONNECT; it decides how headers are unescaped from the next frame on. May be called
     * from within {@link StompFrameListener#onFrame}.
     */
    public void version(StompVersion version) {
        throw new UnsupportedOperationException();
    }

    /** Reads all of these bytes. The decoder owns the buffer from here on and releases it. */
    public void decode(ByteBuf bytes) {
        throw new UnsupportedOperationException();
    }

    /** Drops what was kept of an unfinished frame. Idempotent. */
    @Override
    public void close() {}
}
