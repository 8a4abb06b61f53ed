package dev.maru.engine.session;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A frame that waits for its transaction's COMMIT, with a copy of its body, so that it does not hold on to what it was
 * received in. Its headers are packed: many short ones would take far more memory than they count for.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param command SEND, ACK or NACK
 * @param packed names and values, each behind its length
 * @param size what it counts for against the limit: the bytes of its body, its headers' names and their values
 */
record HeldFrame(StompCommand command, byte[] packed, byte[] body, long size) {

    static HeldFrame of(StompCommand command, StompHeaders headers, ByteBuf content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        headers.forEach((name, value) -> {
            pack(name, packed);
            pack(value, packed);
        });
        byte[] body = ByteBufUtil.getBytes(content);
        long lengths = 2L * Integer.BYTES * headers.size();
        return new HeldFrame(command, packed.toByteArray(), body, packed.size() - lengths + body.length);
    }

    StompHeaders headers() {
        StompHeaders headers = new StompHeaders();
        ByteBuffer in = ByteBuffer.wrap(packed);
        while (in.hasRemaining()) {
            String name = unpack(in);
            headers.add(name, unpack(in));
        }
        return headers;
    }

    /** Where a SEND goes. */
    String destination() {
        return FrameHandler.required(headers(), "destination");
    }

    private static void pack(String text, ByteArrayOutputStream out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    private static String unpack(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
