package dev.maru.transport.websocket;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import io.netty.buffer.ByteBuf;

/**
 * A format of connections that can inflate. What only one of them gets is not compressed, because nobody would share
 * the cost.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param plain how frames look before they are compressed: one WebSocket frame for each
 */
record DeflatableFormat(WireFormat plain, MessageCompression compression) implements WireFormat {

    private record Key(Object plain) {}

    @Override
    public Object key() {
        return new Key(plain.key());
    }

    @Override
    public void encode(ServerFrame frame, ByteBuf out) {
        plain.encode(frame, out);
    }

    @Override
    public void encodeHeartBeat(ByteBuf out) {
        plain.encodeHeartBeat(out);
    }

    @Override
    public int weight(ServerFrame frame) {
        return plain.weight(frame);
    }

    @Override
    public WireFormat shared() {
        return new Compressed(this);
    }

    /** The form that many connections get. Immutable. */
    private record Compressed(DeflatableFormat format) implements WireFormat {

        @Override
        public Object key() {
            return format.key();
        }

        @Override
        public void encode(ServerFrame frame, ByteBuf out) {
            int weight = format.weight(frame);
            if (!format.compression.pays(weight)) {
                format.encode(frame, out);
                return;
            }
            ByteBuf whole = out.alloc().buffer(weight);
            try {
                format.encode(frame, whole);
                format.compression.write(whole, out);
            } finally {
                whole.release();
            }
        }

        @Override
        public void encodeHeartBeat(ByteBuf out) {
            format.encodeHeartBeat(out);
        }

        @Override
        public int weight(ServerFrame frame) {
            return format.weight(frame);
        }
    }
}
