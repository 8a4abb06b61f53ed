package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a server sent: {@code text …}, {@code binary …}, {@code deflated text …}, {@code pong …}, {@code close code reason}. */
public final class ServerFrames {
    private final ByteBuf bytes = Unpooled.buffer();

    /** Takes more bytes; they may end within a frame. */
    public ServerFrames add(byte[] more, int length) {
        bytes.writeBytes(more, 0, length);
        return this;
    }

    public ServerFrames add(ByteBuf more) {
        bytes.writeBytes(more);
        more.release();
        return this;
    }

    /** The whole frames that were not taken yet. */
    public List<String> take() {
        List<String> frames = new ArrayList<>();
        String frame = next();
        while (frame != null) {
            frames.add(frame);
            frame = next();
        }
        return frames;
    }

    private String next() {
        bytes.markReaderIndex();
        if (bytes.readableBytes() < 2) {
            return null;
        }
        int first = bytes.readUnsignedByte();
        int second = bytes.readUnsignedByte();
        int lengthBytes = second == 126 ? 2 : second == 127 ? 8 : 0;
        if (bytes.readableBytes() < lengthBytes) {
            bytes.resetReaderIndex();
            return null;
        }
        long length = lengthBytes == 0 ? second : lengthBytes == 2 ? bytes.readUnsignedShort() : bytes.readLong();
        if (bytes.readableBytes() < length) {
            bytes.resetReaderIndex();
            return null;
        }
        return describe(first, bytes.readSlice((int) length));
    }

    private static String describe(int first, ByteBuf payload) {
        return switch (first) {
            case 0x81 -> "text " + payload.toString(StandardCharsets.UTF_8);
            case 0x82 -> "binary " + payload.toString(StandardCharsets.ISO_8859_1);
            case 0xC1 -> "deflated text " + Deflated.inflate(payload).toString(StandardCharsets.UTF_8);
            case 0xC2 -> "deflated binary " + Deflated.inflate(payload).toString(StandardCharsets.ISO_8859_1);
            case 0x8A -> "pong " + payload.toString(StandardCharsets.UTF_8);
            case 0x88 ->
                payload.isReadable()
                        ? "close " + payload.readUnsignedShort() + " " + payload.toString(StandardCharsets.UTF_8)
                        : "close";
            default -> "first byte " + first;
        };
    }
}
