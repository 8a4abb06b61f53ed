package dev.maru.spring.servlet;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompEncoder;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;

/**
 * STOMP frames that are taken apart again for Spring's transport, which sends whole messages: before each frame stand
 * whether it is text and how long it is. One format for each version.
 *
 * <p>Immutable; safe for any thread.
 */
record EnvelopeFormat(StompVersion version) implements WireFormat {
    private static final int ENVELOPE = 5;

    @Override
    public Object key() {
        return this;
    }

    @Override
    public void encode(ServerFrame frame, ByteBuf out) {
        int start = out.writerIndex();
        out.writeBoolean(ByteBufUtil.isText(Unpooled.wrappedBuffer(frame.body()), StandardCharsets.UTF_8));
        out.writeInt(0);
        StompEncoder.encode(version, frame.command(), frame.headers(), frame.body(), out);
        out.setInt(start + 1, out.writerIndex() - start - ENVELOPE);
    }

    @Override
    public void encodeHeartBeat(ByteBuf out) {
        out.writeBoolean(true).writeInt(1).writeByte('\n');
    }

    @Override
    public int weight(ServerFrame frame) {
        return ENVELOPE + StompEncoder.maxEncodedLength(frame.command(), frame.headers(), frame.body());
    }

    /** The frames in these bytes, each as one message; the bytes stay the caller's. */
    static List<WebSocketMessage<?>> open(ByteBuf bytes) {
        List<WebSocketMessage<?>> messages = new ArrayList<>();
        while (bytes.isReadable()) {
            boolean text = bytes.readBoolean();
            byte[] frame = new byte[bytes.readInt()];
            bytes.readBytes(frame);
            messages.add(text ? new TextMessage(frame) : new BinaryMessage(ByteBuffer.wrap(frame)));
        }
        return messages;
    }
}
