package dev.maru.transport.websocket;

import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * STOMP as it is. What arrives is a stream of bytes, however it was cut into messages: old clients put half a frame
 * into one, or several frames. What leaves is one message for each frame.
 *
 * <p>Stateless; safe for any thread.
 */
public final class PlainFraming implements StompFraming {

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public WireFormat format(StompVersion version) {
        return StompWebSocketFormat.of(version);
    }

    @Override
    public MessageReader reader(StompLimits limits, int maxMessageBytes, StompFrameListener listener) {
        return new StreamReader(new StompDecoder(limits, listener));
    }

    @Override
    public void writeOpening(ByteBuf out) {}

    @Override
    public void writeClosing(int code, String reason, ByteBuf out) {}

    @Override
    public KeepAlive keepAlive() {
        return KeepAlive.NONE;
    }

    /** Confined to its connection's event loop. */
    private record StreamReader(StompDecoder decoder) implements MessageReader {

        @Override
        public @Nullable Violation read(ByteBuf part, boolean endOfMessage) {
            decoder.decode(part);
            return null;
        }

        @Override
        public void version(StompVersion version) {
            decoder.version(version);
        }

        @Override
        public void close() {
            decoder.close();
        }
    }
}
