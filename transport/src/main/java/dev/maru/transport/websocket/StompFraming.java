package dev.maru.transport.websocket;

import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;

/**
 * How STOMP travels inside WebSocket messages: as it is, or wrapped once more.
 *
 * <p>Stateless; safe for any thread.
 */
public interface StompFraming extends Framing {

    @Override
    default boolean speaksStomp() {
        return true;
    }

    /** How frames leave. The same object for the same version. */
    WireFormat format(StompVersion version);

    /**
     * A reader for one connection, to be closed with it.
     *
     * @param limits of the frames
     * @param maxMessageBytes the most bytes of a WebSocket message that it may keep
     * @param listener is handed the frames
     */
    MessageReader reader(StompLimits limits, int maxMessageBytes, StompFrameListener listener);
}
