package dev.maru.spring.annotated;

import dev.maru.spring.socket.SocketSession;
import jakarta.websocket.EncodeException;
import jakarta.websocket.RemoteEndpoint;
import java.nio.ByteBuffer;

/**
 * The client's end, as far as both ways of sending have it in common. Messages that wait leave together in any case,
 * and signs of life are Maru's own business.
 *
 * <p>Safe for any thread.
 */
abstract class Remote implements RemoteEndpoint {
    final SocketSession session;

    Remote(SocketSession session) {
        this.session = session;
    }

    /** Sends text or bytes as they are, and of other things what they say they are. */
    final void send(Object message) throws EncodeException {
        switch (message) {
            case String text -> session.send(text);
            case ByteBuffer bytes -> session.send(bytes);
            case byte[] bytes -> session.send(ByteBuffer.wrap(bytes));
            case Number number -> session.send(number.toString());
            case Boolean value -> session.send(value.toString());
            default -> throw new EncodeException(message, "Maru sends text and bytes; there are no encoders");
        }
    }

    @Override
    public final void setBatchingAllowed(boolean allowed) {}

    @Override
    public final boolean getBatchingAllowed() {
        return false;
    }

    @Override
    public final void flushBatch() {}

    @Override
    public final void sendPing(ByteBuffer data) {
        throw new UnsupportedOperationException("Maru sends no pings for applications");
    }

    @Override
    public final void sendPong(ByteBuffer data) {
        throw new UnsupportedOperationException("Maru sends no pongs for applications");
    }
}
