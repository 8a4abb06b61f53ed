package dev.maru.transport.json;

import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.websocket.MessageReader;
import dev.maru.transport.websocket.StompFraming;
import io.netty.buffer.ByteBuf;

/**
 * STOMP's frames as flat JSON objects, one in each WebSocket message. What a frame means is what STOMP 1.2 says.
 *
 * <p>Stateless; safe for any thread.
 */
public final class JsonFraming implements StompFraming {
    private final WireFormat format = new JsonWebSocketFormat();

    @Override
    public String transport() {
        return "json-websocket";
    }

    @Override
    public boolean speaksStomp() {
        return false;
    }

    @Override
    public WireFormat format(StompVersion version) {
        return format;
    }

    @Override
    public MessageReader reader(StompLimits limits, int maxMessageBytes, StompFrameListener listener) {
        return new JsonMessageReader(limits, maxMessageBytes, listener);
    }

    @Override
    public void writeOpening(ByteBuf out) {}

    @Override
    public void writeClosing(int code, String reason, ByteBuf out) {}

    @Override
    public KeepAlive keepAlive() {
        return KeepAlive.NONE;
    }
}
