package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * What stands around that which is said over a WebSocket.
 *
 * <p>Stateless; safe for any thread.
 */
public interface Framing {

    /** The name of the transport for {@link dev.maru.engine.session.Handshake#transport()}. */
    String transport();

    /** Whether it is STOMP that travels, so that a sub-protocol of the handshake can name its version. */
    default boolean speaksStomp() {
        return false;
    }

    /** Appends what a client expects as soon as its connection is open. */
    void writeOpening(ByteBuf out);

    /** Appends what a client expects before the WebSocket close frame. The reason is ASCII. */
    void writeClosing(int code, String reason, ByteBuf out);

    /** What keeps idle connections alive below the level of what is said. */
    KeepAlive keepAlive();

    /**
     * A sign of life that the server sends in regular intervals.
     *
     * @param interval between two of them; zero for none at all
     * @param text an ASCII message
     */
    record KeepAlive(Duration interval, String text) {
        /** What is said has to do. */
        public static final KeepAlive NONE = new KeepAlive(Duration.ZERO, "");
    }
}
