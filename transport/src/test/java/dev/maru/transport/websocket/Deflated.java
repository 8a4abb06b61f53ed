package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The compressed form of messages (RFC 7692), made in the plainest way. Stateless. */
public final class Deflated {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private Deflated() {}

    public static byte[] deflate(byte[] message) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(message);
        byte[] out = new byte[message.length + 1024];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - TAIL.length);
    }

    /** Where the stream ends, as it should not but may (RFC 7692, 7.2.3.4). */
    public static byte[] deflateToTheEnd(byte[] message) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(message);
        deflater.finish();
        byte[] out = new byte[message.length + 1024];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length + 1);
    }

    static ByteBuf inflate(ByteBuf payload) {
        Inflater inflater = new Inflater(true);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] part = new byte[1024];
        try {
            inflater.setInput(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(payload, Unpooled.wrappedBuffer(TAIL))));
            for (int length = inflater.inflate(part); length > 0; length = inflater.inflate(part)) {
                message.write(part, 0, length);
            }
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
        return Unpooled.wrappedBuffer(message.toByteArray());
    }
}
