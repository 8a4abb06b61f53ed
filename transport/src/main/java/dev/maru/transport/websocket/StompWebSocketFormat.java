package dev.maru.transport.websocket;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompEncoder;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;

/**
 * One STOMP frame in one WebSocket message: text where the body is UTF-8, binary where it is not. One format for each
 * version of STOMP.
 *
 * <p>Stateless; safe for any thread.
 */
public enum StompWebSocketFormat implements WireFormat {
    V1_0(StompVersion.V1_0),
    V1_1(StompVersion.V1_1),
    V1_2(StompVersion.V1_2);

    private final StompVersion version;

    StompWebSocketFormat(StompVersion version) {
        this.version = version;
    }

    /** The format for this version. */
    public static StompWebSocketFormat of(StompVersion version) {
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
        int start = out.writerIndex();
        int reserved = FrameWriter.headerLength(maxPayload(frame));
        out.ensureWritable(reserved).writerIndex(start + reserved);
        StompEncoder.encode(version, frame.command(), frame.headers(), frame.body(), out);
        Opcode opcode = Utf8Validator.isUtf8(frame.body()) ? Opcode.TEXT : Opcode.BINARY;
        FrameWriter.insertHeader(opcode, start, reserved, out);
    }

    @Override
    public void encodeHeartBeat(ByteBuf out) {
        FrameWriter.writeAscii("\n", out);
    }

    @Override
    public int weight(ServerFrame frame) {
        int payload = maxPayload(frame);
        return FrameWriter.headerLength(payload) + payload;
    }

    private static int maxPayload(ServerFrame frame) {
        return StompEncoder.maxEncodedLength(frame.command(), frame.headers(), frame.body());
    }
}
