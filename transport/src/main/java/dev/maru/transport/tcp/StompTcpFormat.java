package dev.maru.transport.tcp;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompEncoder;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;

/**
 * STOMP frames with nothing around them. One format for each version.
 *
 * <p>Stateless; safe for any thread.
 */
enum StompTcpFormat implements WireFormat {
    V1_0(StompVersion.V1_0),
    V1_1(StompVersion.V1_1),
    V1_2(StompVersion.V1_2);

    private final StompVersion version;

    StompTcpFormat(StompVersion version) {
        this.version = version;
    }

    static StompTcpFormat of(StompVersion version) {
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
        StompEncoder.encode(version, frame.command(), frame.headers(), frame.body(), out);
    }

    @Override
    public void encodeHeartBeat(ByteBuf out) {
        out.writeByte('\n');
    }

    @Override
    public int weight(ServerFrame frame) {
        return StompEncoder.maxEncodedLength(frame.command(), frame.headers(), frame.body());
    }
}
