package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Objects;

/**
 * Writes frames as servers send them: whole messages, unmasked (RFC 6455, 5.1).
 *
 * <p>Stateless; safe for any thread as long as the buffer is not shared.
 */
public final class FrameWriter {
    /** The longest payload of a control frame, in bytes (RFC 6455, 5.5). */
    static final int MAX_CONTROL_PAYLOAD = 125;

    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int OPCODE = 0x0F;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int MAX_SHORT_LENGTH = 0xFFFF;
    private static final int CLOSE_CODE_BYTES = 2;

    private FrameWriter() {}

    /** How many bytes stand in front of a payload of this length. */
    public static int headerLength(int payloadLength) {
        if (payloadLength <= MAX_CONTROL_PAYLOAD) {
            return 2;
        }
        return payloadLength <= MAX_SHORT_LENGTH ? 4 : 10;
    }

    /** Appends the header of a frame whose payload of exactly this length follows. */
    public static void writeHeader(Opcode opcode, int payloadLength, ByteBuf out) {
        out.writeByte(FINAL | opcode.bits());
        if (payloadLength <= MAX_CONTROL_PAYLOAD) {
            out.writeByte(payloadLength);
        } else if (payloadLength <= MAX_SHORT_LENGTH) {
            out.writeByte(SHORT_LENGTH).writeShort(payloadLength);
        } else {
            out.writeByte(LONG_LENGTH).writeLong(payloadLength);
        }
    }

    /** Appends a text frame of ASCII characters only. */
    public static void writeAscii(String text, ByteBuf out) {
        writeHeader(Opcode.TEXT, text.length(), out);
        ByteBufUtil.writeAscii(out, text);
    }

    /**
     * Puts the header in front of a payload that was appended already, behind {@code reserved} bytes kept free for it
     * from {@code start} on. Moves the payload if its header is shorter than what was reserved.
     */
    public static void insertHeader(Opcode opcode, int start, int reserved, ByteBuf out) {
        int payloadStart = start + reserved;
        int payloadLength = out.writerIndex() - payloadStart;
        int header = headerLength(payloadLength);
        if (header != reserved) {
            out.setBytes(start + header, out, payloadStart, payloadLength);
        }
        out.writerIndex(start);
        writeHeader(opcode, payloadLength, out);
        out.writerIndex(start + header + payloadLength);
    }

    /** How many bytes stand in front of the payload of a frame that was written here. */
    static int headerLengthOf(ByteBuf frame) {
        return switch (frame.getByte(frame.readerIndex() + 1)) {
            case SHORT_LENGTH -> 4;
            case LONG_LENGTH -> 10;
            default -> 2;
        };
    }

    /** The opcode of a frame that was written here. */
    static Opcode opcodeOf(ByteBuf frame) {
        return Objects.requireNonNull(Opcode.of(frame.getByte(frame.readerIndex()) & OPCODE));
    }

    /** Marks a frame, which starts there, as compressed (RFC 7692, 6). */
    static void markCompressed(ByteBuf out, int start) {
        out.setByte(start, out.getByte(start) | COMPRESSED);
    }

    static void writePong(byte[] payload, ByteBuf out) {
        writeHeader(Opcode.PONG, payload.length, out);
        out.writeBytes(payload);
    }

    /**
     * Appends a close frame.
     *
     * @param code as RFC 6455, 7.4, or 1005 for a frame without a code
     * @param reason at most 123 bytes in UTF-8
     */
    static void writeClose(int code, String reason, ByteBuf out) {
        if (code == CloseCode.NONE) {
            writeHeader(Opcode.CLOSE, 0, out);
            return;
        }
        writeHeader(Opcode.CLOSE, CLOSE_CODE_BYTES + ByteBufUtil.utf8Bytes(reason), out);
        out.writeShort(code);
        ByteBufUtil.writeUtf8(out, reason);
    }
}
