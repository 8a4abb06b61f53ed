package dev.maru.transport.json;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompHeaders;
import dev.maru.transport.text.TextBody;
import dev.maru.transport.websocket.FrameWriter;
import dev.maru.transport.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HashSet;
import java.util.Set;

/**
 * One frame as one flat JSON object in one WebSocket text message: {@code type} is the command, {@code body} the body,
 * and each header is a field of its own whose value is text. Of a repeated header the first one travels, and a header
 * whose name is {@code type} or {@code body} does not.
 *
 * <p>Stateless; safe for any thread.
 */
final class JsonWebSocketFormat implements WireFormat {
    private static final int MAX_UTF8 = 3;
    private static final int FIXED = 64;

    @Override
    public Object key() {
        return JsonWebSocketFormat.class;
    }

    @Override
    public void encode(ServerFrame frame, ByteBuf out) {
        ServerFrame text = TextBody.of(frame);
        int start = out.writerIndex();
        int reserved = FrameWriter.headerLength(maxPayload(text));
        out.ensureWritable(reserved).writerIndex(start + reserved);
        writeObject(text, out);
        FrameWriter.insertHeader(Opcode.TEXT, start, reserved, out);
    }

    /** White space, which is no JSON text and yet harmless in front of one. */
    @Override
    public void encodeHeartBeat(ByteBuf out) {
        FrameWriter.writeAscii("\n", out);
    }

    /** A guess: most text has a character to escape now and then. */
    @Override
    public int weight(ServerFrame frame) {
        int payload = FIXED + headerChars(frame.headers()) + frame.body().length + frame.body().length / 3;
        return FrameWriter.headerLength(payload) + payload;
    }

    private static void writeObject(ServerFrame frame, ByteBuf out) {
        ByteBufUtil.writeAscii(out, "{\"type\":\"" + frame.command() + '"');
        Set<String> written = new HashSet<>(Set.of("type", "body", "content-length"));
        frame.headers().forEach((name, value) -> {
            if (written.add(name)) {
                out.writeByte(',');
                JsonString.write(name, out);
                out.writeByte(':');
                JsonString.write(value, out);
            }
        });
        if (frame.command().allowsBody()) {
            ByteBufUtil.writeAscii(out, ",\"body\":");
            JsonString.write(frame.body(), out);
        }
        out.writeByte('}');
    }

    private static int maxPayload(ServerFrame frame) {
        long most =
                FIXED + (long) JsonString.MAX_ESCAPED * (MAX_UTF8 * headerChars(frame.headers()) + frame.body().length);
        return (int) Math.min(Integer.MAX_VALUE, most);
    }

    private static int headerChars(StompHeaders headers) {
        int[] chars = new int[1];
        headers.forEach((name, value) -> chars[0] += name.length() + value.length() + 6);
        return chars[0];
    }
}
