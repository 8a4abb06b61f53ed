package dev.maru.transport.sockjs;

import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.websocket.FrameWriter;
import dev.maru.transport.websocket.MessageReader;
import dev.maru.transport.websocket.Opcode;
import dev.maru.transport.websocket.StompFraming;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * STOMP inside SockJS inside WebSocket messages (SockJS 0.3.4, "Protocol and framing"): the server sends {@code o},
 * {@code a["…"]}, {@code h} and {@code c[code,"reason"]}, clients send JSON strings, one or an array of them.
 *
 * <p>Stateless; safe for any thread.
 */
public final class SockJsFraming implements StompFraming {
    /** In the interval that the protocol suggests. */
    private static final KeepAlive HEART_BEAT = new KeepAlive(Duration.ofSeconds(25), "h");

    @Override
    public String transport() {
        return "sockjs-websocket";
    }

    @Override
    public WireFormat format(StompVersion version) {
        return SockJsWebSocketFormat.of(version);
    }

    @Override
    public MessageReader reader(StompLimits limits, int maxMessageBytes, StompFrameListener listener) {
        return new SockJsMessageReader(limits, maxMessageBytes, listener);
    }

    @Override
    public void writeOpening(ByteBuf out) {
        FrameWriter.writeAscii("o", out);
    }

    @Override
    public void writeClosing(int code, String reason, ByteBuf out) {
        byte[] frame = Receiver.closeFrame(code, reason);
        FrameWriter.writeHeader(Opcode.TEXT, frame.length, out);
        out.writeBytes(frame);
    }

    @Override
    public KeepAlive keepAlive() {
        return HEART_BEAT;
    }
}
