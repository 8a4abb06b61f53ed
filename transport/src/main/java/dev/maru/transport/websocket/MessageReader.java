package dev.maru.transport.websocket;

import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds STOMP frames in the messages of one WebSocket connection.
 *
 * <p>Confined to its connection's event loop.
 */
public interface MessageReader extends AutoCloseable {

    /**
     * Takes the next part of a message and owns it.
     *
     * @return what is wrong with it, or null. After a violation nothing more is read
     */
    @Nullable Violation read(ByteBuf part, boolean endOfMessage);

    /** The version of STOMP that the client speaks from the next frame on. */
    void version(StompVersion version);

    /** Drops what was kept. Idempotent. */
    @Override
    void close();
}
