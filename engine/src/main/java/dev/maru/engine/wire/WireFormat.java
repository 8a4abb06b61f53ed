package dev.maru.engine.wire;

import io.netty.buffer.ByteBuf;

/**
 * How one kind of connection writes frames: framing, escaping, version. The bytes depend on the frame and the format
 * alone, never on the connection, so that what was encoded once serves every subscriber with an equal {@link #key}.
 *
 * <p>Stateless; safe for any thread.
 */
public interface WireFormat {

    /** Formats with equal keys write the same bytes for the same frame. */
    Object key();

    /** Appends one frame in its complete form, transport headers included, ready for the socket. */
    void encode(ServerFrame frame, ByteBuf out);

    /** Appends a heart-beat. */
    void encodeHeartBeat(ByteBuf out);

    /** An upper bound, or a good guess, of what {@link #encode} appends, in bytes; cheap, for choosing buffers. */
    int weight(ServerFrame frame);

    /**
     * The form for bytes that many connections get, which may cost more to make and less to send. It has the same key,
     * and every connection of this format understands it.
     */
    default WireFormat shared() {
        return this;
    }
}
