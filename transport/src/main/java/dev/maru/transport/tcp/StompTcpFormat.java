package dev.maru.transport.tcp;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompEncoder;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;

/**
 * STOMP frames with nothing around them. One format for each version.
 *
 * <p>Immutable; safe for any thread.
 */
public record StompTcpFormat(StompVersion version) implements WireFormat {

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
