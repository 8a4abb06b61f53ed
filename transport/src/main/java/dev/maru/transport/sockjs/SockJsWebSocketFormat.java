package dev.maru.transport.sockjs;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompEncoder;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.text.TextBody;
import dev.maru.transport.websocket.FrameWriter;
import dev.maru.transport.websocket.Opcode;
import io.netty.buffer.ByteBuf;

/**
 * One STOMP frame as the only element of a SockJS array in one WebSocket text message. A body that is not UTF-8
 * travels as base64, and {@code content-transfer-encoding} says so. One format for each version of STOMP.
 *
 * <p>Stateless; safe for any thread.
 */
enum SockJsWebSocketFormat implements WireFormat {
    V1_0(StompVersion.V1_0),
    V1_1(StompVersion.V1_1),
    V1_2(StompVersion.V1_2);

    private static final String HEART_BEAT = "a[\"\\n\"]";
    private static final int BRACKETS = 3;

    private final StompVersion version;

    SockJsWebSocketFormat(StompVersion version) {
        this.version = version;
    }

    static SockJsWebSocketFormat of(StompVersion version) {
        return switch (version) {
            case V1_0 -> V1_0;
            case V1_1 -> V1_1;
            case V1_2 -> V1_2;
        };
    }

    @Override
    public Object key() {
        return this;
    }

    @Override
    public void encode(ServerFrame frame, ByteBuf out) {
        ServerFrame text = TextBody.of(frame);
        ByteBuf stomp = out.alloc().heapBuffer(maxStompLength(text));
        try {
            StompEncoder.encode(version, text.command(), text.headers(), text.body(), stomp);
            int from = stomp.arrayOffset() + stomp.readerIndex();
            int to = from + stomp.readableBytes();
            FrameWriter.writeHeader(Opcode.TEXT, SockJsString.length(stomp.array(), from, to) + BRACKETS, out);
            out.writeByte('a').writeByte('[');
            SockJsString.write(stomp.array(), from, to, out);
            out.writeByte(']');
        } finally {
            stomp.release();
        }
    }

    @Override
    public void encodeHeartBeat(ByteBuf out) {
        FrameWriter.writeAscii(HEART_BEAT, out);
    }

    /** A guess: most text has a character to escape now and then. */
    @Override
    public int weight(ServerFrame frame) {
        int payload = maxStompLength(frame);
        payload += payload / 4 + BRACKETS;
        return FrameWriter.headerLength(payload) + payload;
    }

    private static int maxStompLength(ServerFrame frame) {
        return StompEncoder.maxEncodedLength(frame.command(), frame.headers(), frame.body());
    }
}
