package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames as clients send them (RFC 6455, 5), from bytes that are cut anywhere.
 *
 * <p>Confined to its connection's event loop. Keeps nothing of a message: payloads are unmasked in place and handed on
 * as they arrive. The length of a frame is checked before anything is done for it.
 */
final class FrameReader {

    /** Who receives what was read, in the order of the bytes. */
    interface Sink {

        /** A message begins: text, or else bytes. */
        void onMessage(boolean text);

        /** A part of a message; the sink owns it. May be empty. */
        void onPart(ByteBuf part, boolean endOfMessage);

        /** A part of a message that is compressed; the sink owns it. May be empty. */
        void onCompressedPart(ByteBuf part, boolean endOfMessage);

        void onPing(byte[] payload);

        /** The peer's close frame, with 1005 if it had no code. Nothing comes after it. */
        void onClose(int code, String reason);

        /** The peer broke a rule. Nothing comes after it. */
        void onViolation(Violation violation);
    }

    private enum Expected {
        OPCODE,
        LENGTH,
        LONGER_LENGTH,
        MASK,
        PAYLOAD,
        NOTHING
    }

    private static final int FINAL = 0x80;
    private static final int RESERVED = 0x70;
    private static final int COMPRESSED = 0x40;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;
    private static final byte[] EMPTY = {};

    private final int maxFrameBytes;
    private final boolean deflate;
    private final Sink sink;

    private Expected expected = Expected.OPCODE;
    private Opcode opcode = Opcode.CONTINUATION;
    private boolean last;
    private boolean withinMessage;
    private boolean text;
    private boolean compressed;
    private final Utf8Validator characters = new Utf8Validator();
    private int headerBytesLeft;
    private int lengthBytes;
    private long length;
    private long payloadLeft;
    private int mask;
    private byte[] control = EMPTY;

    /** A reader that lets messages be compressed, or not (RFC 7692, 6). */
    FrameReader(int maxFrameBytes, boolean deflate, Sink sink) {
        this.maxFrameBytes = maxFrameBytes;
        this.deflate = deflate;
        this.sink = sink;
    }

    /** Reads all of these bytes, and changes them. The caller releases the buffer. */
    void read(ByteBuf in) {
        while (in.isReadable()) {
            switch (expected) {
                case OPCODE -> readOpcode(in.readUnsignedByte());
                case LENGTH -> readLength(in.readUnsignedByte());
                case LONGER_LENGTH -> readLongerLength(in.readUnsignedByte());
                case MASK -> readMask(in.readUnsignedByte());
                case PAYLOAD -> readPayload(in);
                case NOTHING -> in.skipBytes(in.readableBytes());
            }
        }
    }

    private void readOpcode(int octet) {
        Opcode read = Opcode.of(octet & OPCODE);
        int reserved = octet & RESERVED;
        if (reserved != 0 && !(reserved == COMPRESSED && mayBeCompressed(read))) {
            violated(Violation.protocol("a WebSocket frame has a reserved bit set"));
        } else if (read == null) {
            violated(Violation.protocol("a WebSocket frame has a reserved opcode"));
        } else if (fits(read, (octet & FINAL) != 0)) {
            opcode = read;
            last = (octet & FINAL) != 0;
            expected = Expected.LENGTH;
            begin(read, reserved == COMPRESSED);
        }
    }

    /** The bit stands in the first frame of a message, and nowhere else (RFC 7692, 6.1). */
    private boolean mayBeCompressed(@Nullable Opcode read) {
        return deflate && (read == Opcode.TEXT || read == Opcode.BINARY);
    }

    private void begin(Opcode read, boolean isCompressed) {
        if (read == Opcode.TEXT || read == Opcode.BINARY) {
            text = read == Opcode.TEXT;
            compressed = isCompressed;
            sink.onMessage(text);
        }
    }

    private boolean fits(Opcode read, boolean isLast) {
        if (read.control()) {
            return isLast || violated(Violation.protocol("a WebSocket control frame is fragmented"));
        }
        if ((read == Opcode.CONTINUATION) != withinMessage) {
            return violated(Violation.protocol("fragments of WebSocket messages are out of order"));
        }
        withinMessage = !isLast;
        return true;
    }

    private void readLength(int octet) {
        if ((octet & MASKED) == 0) {
            violated(Violation.protocol("a WebSocket frame from a client is not masked"));
            return;
        }
        length = octet & ~MASKED;
        lengthBytes = 0;
        if (length <= FrameWriter.MAX_CONTROL_PAYLOAD) {
            lengthRead();
        } else if (opcode.control()) {
            violated(Violation.protocol("a WebSocket control frame is longer than 125 bytes"));
        } else {
            lengthBytes = length == 126 ? Short.BYTES : Long.BYTES;
            headerBytesLeft = lengthBytes;
            length = 0;
            expected = Expected.LONGER_LENGTH;
        }
    }

    private void readLongerLength(int octet) {
        length = (length << Byte.SIZE) | octet;
        if (--headerBytesLeft == 0) {
            lengthRead();
        }
    }

    private void lengthRead() {
        if (length < 0 || length < shortest(lengthBytes)) {
            violated(Violation.protocol("the length of a WebSocket frame is not well formed"));
        } else if (length > maxFrameBytes) {
            violated(Violation.tooBig("WebSocket frame", maxFrameBytes));
        } else {
            headerBytesLeft = MASK_BYTES;
            expected = Expected.MASK;
        }
    }

    private static int shortest(int lengthBytes) {
        return switch (lengthBytes) {
            case Short.BYTES -> 126;
            case Long.BYTES -> 0x10000;
            default -> 0;
        };
    }

    private void readMask(int octet) {
        mask = (mask << Byte.SIZE) | octet;
        if (--headerBytesLeft > 0) {
            return;
        }
        payloadLeft = length;
        expected = Expected.PAYLOAD;
        if (opcode.control()) {
            control = length == 0 ? EMPTY : new byte[(int) length];
        }
        if (length == 0) {
            readPayload(Unpooled.EMPTY_BUFFER);
        }
    }

    private void readPayload(ByteBuf in) {
        int size = (int) Math.min(payloadLeft, in.readableBytes());
        Masking.unmask(in, in.readerIndex(), size, Integer.rotateLeft(mask, Byte.SIZE * (int) (length - payloadLeft)));
        if (opcode.control()) {
            in.readBytes(control, (int) (length - payloadLeft), size);
        }
        payloadLeft -= size;
        if (payloadLeft == 0) {
            expected = Expected.OPCODE;
        }
        if (!opcode.control()) {
            dataRead(in, size);
        } else if (payloadLeft == 0) {
            controlRead();
        }
    }

    private void dataRead(ByteBuf in, int size) {
        boolean endOfMessage = last && payloadLeft == 0;
        if (compressed) {
            sink.onCompressedPart(in.readRetainedSlice(size), endOfMessage);
            return;
        }
        if (text && !charactersRead(in, size, endOfMessage)) {
            violated(Violation.notUtf8("a WebSocket text message is not UTF-8"));
            return;
        }
        sink.onPart(in.readRetainedSlice(size), endOfMessage);
    }

    private boolean charactersRead(ByteBuf in, int size, boolean endOfMessage) {
        return characters.accept(in, in.readerIndex(), size) && (!endOfMessage || characters.complete());
    }

    private void controlRead() {
        byte[] payload = control;
        control = EMPTY;
        switch (opcode) {
            case PING -> sink.onPing(payload);
            case CLOSE -> closeRead(payload);
            default -> {}
        }
    }

    private void closeRead(byte[] payload) {
        ClosePayload close = ClosePayload.of(payload);
        if (close.violation() != null) {
            violated(close.violation());
            return;
        }
        expected = Expected.NOTHING;
        sink.onClose(close.code(), close.reason());
    }

    private boolean violated(Violation violation) {
        expected = Expected.NOTHING;
        sink.onViolation(violation);
        return false;
    }
}
