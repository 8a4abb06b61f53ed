package dev.maru.transport.websocket;

import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * How STOMP travels inside WebSocket messages: as it is, or wrapped once more.
 *
 * <p>Stateless; safe for any thread.
 */
public interface StompFraming {

    /** The name of the transport for {@link dev.maru.engine.session.Handshake#transport()}. */
    String transport();

    /** Whether it is STOMP that travels, so that a sub-protocol of the handshake can name its version. */
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

    /** Appends what a client expects as soon as its connection is open. */
    void writeOpening(ByteBuf out);

    /** Appends what a client expects before the WebSocket close frame. The reason is ASCII. */
    void writeClosing(int code, String reason, ByteBuf out);

    /** What keeps idle connections alive below the level of STOMP. */
    KeepAlive keepAlive();

    /**
     * A sign of life that the server sends in regular intervals.
     *
     * @param interval between two of them; zero for none at all
     * @param text an ASCII message
     */
    record KeepAlive(Duration interval, String text) {
        /** STOMP's own heart-beats have to do. */
        public static final KeepAlive NONE = new KeepAlive(Duration.ZERO, "");
    }
}
