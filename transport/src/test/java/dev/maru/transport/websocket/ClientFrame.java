package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A frame as a client sends it, or should not. Immutable.
 *
 * @param firstByte FIN, reserved bits and opcode
 * @param payload before masking
 * @param lengthBytes 0, 2 or 8: how the length is written
 */
public record ClientFrame(int firstByte, byte[] payload, int lengthBytes) {
    private static final int FINAL = 0x80;
    private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

    public static ClientFrame of(int firstByte, byte[] payload) {
        return new ClientFrame(firstByte, payload, payload.length <= 125 ? 0 : payload.length <= 0xFFFF ? 2 : 8);
    }

    public static ClientFrame text(String text) {
        return of(FINAL | 0x1, text.getBytes(StandardCharsets.UTF_8));
    }

    public static ClientFrame binary(byte[] payload) {
        return of(FINAL | 0x2, payload);
    }

    public static ClientFrame firstPart(String text) {
        return of(0x1, text.getBytes(StandardCharsets.UTF_8));
    }

    public static ClientFrame part(String text) {
        return of(0x0, text.getBytes(StandardCharsets.UTF_8));
    }

    public static ClientFrame lastPart(String text) {
        return of(FINAL, text.getBytes(StandardCharsets.UTF_8));
    }

    public static ClientFrame ping(String text) {
        return of(FINAL | 0x9, text.getBytes(StandardCharsets.UTF_8));
    }

    public static ClientFrame close(int code) {
        return of(FINAL | 0x8, new byte[] {(byte) (code >> 8), (byte) code});
    }

    public static ClientFrame close() {
        return of(FINAL | 0x8, new byte[0]);
    }

    /** The same with its length written in 2 or 8 bytes. */
    public ClientFrame withLengthIn(int bytes) {
        return new ClientFrame(firstByte, payload, bytes);
    }

    /** On the wire. */
    public byte[] bytes() {
        ByteBuf out = Unpooled.buffer();
        header(out, 0x80);
        out.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            out.writeByte(payload[i] ^ MASK[i % 4]);
        }
        return ByteBufUtil.getBytes(out);
    }

    /** On the wire, without a mask. */
    public byte[] unmaskedBytes() {
        ByteBuf out = Unpooled.buffer();
        header(out, 0);
        out.writeBytes(payload);
        return ByteBufUtil.getBytes(out);
    }

    private void header(ByteBuf out, int masked) {
        out.writeByte(firstByte);
        switch (lengthBytes) {
            case 0 -> out.writeByte(masked | payload.length);
            case 2 -> out.writeByte(masked | 126).writeShort(payload.length);
            default -> out.writeByte(masked | 127).writeLong(payload.length);
        }
    }
}
