package dev.maru.stomp;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;

/**
 * One frame as it was decoded. The body is a slice of what was received, not a copy; whoever gets the frame owns it
 * and releases it.
 *
 * <p>Confined to one thread at a time.
 *
 * @param command what the frame asks
 * @param headers unescaped, in order
 * @param body the bytes between the headers and the closing NUL, empty if there are none
 */
public record StompFrame(StompCommand command, StompHeaders headers, ByteBuf body) implements AutoCloseable {

    /** Releases the body. Call it once. */
    @Override
    public void close() {
        ((ReferenceCounted) body).release();
    }
}
