package dev.maru.transport.sockjs;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompEncoder;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.text.TextBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * One STOMP frame as one JSON string with a comma behind it: a piece of the array that an HTTP response will carry.
 * One format for each version of STOMP.
 *
 * <p>Immutable; safe for any thread.
 */
record SockJsHttpFormat(StompVersion version) implements WireFormat {
    private static final String HEART_BEAT = "\"\\n\",";
    private static final int QUOTES_AND_COMMA = 3;

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
            SockJsString.write(stomp.array(), from, from + stomp.readableBytes(), out);
            out.writeByte(',');
        } finally {
            stomp.release();
        }
    }

    @Override
    public void encodeHeartBeat(ByteBuf out) {
        ByteBufUtil.writeAscii(out, HEART_BEAT);
    }

    /** A guess: most text has a character to escape now and then. */
    @Override
    public int weight(ServerFrame frame) {
        int payload = maxStompLength(frame);
        return payload + payload / 4 + QUOTES_AND_COMMA;
    }

    private static int maxStompLength(ServerFrame frame) {
        return StompEncoder.maxEncodedLength(frame.command(), frame.headers(), frame.body());
    }
}
