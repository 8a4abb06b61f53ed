package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way out of its compressed form (RFC 7692, 7.2.2). It comes out in small parts, each counted before
 * it is handed over, so that a few bytes that inflate to gigabytes cost no more than the limit.
 *
 * <p>Confined to one call.
 */
final class Inflation {

    /** Who takes what comes out, and owns it. */
    @FunctionalInterface
    interface Parts {
        void part(ByteBuf part, boolean endOfMessage);
    }

    /** What senders cut off (RFC 7692, 7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private static final int MAX_PART = 8192;
    private static final int MIN_PART = 256;
    private static final int USUAL_RATIO = 4;

    /** A sender may end the stream and begin another in one message (RFC 7692, 7.2.3.4); nobody has to, ever again. */
    private static final int MAX_STREAMS = 16;

    private final Inflater inflater;
    private final ByteBufAllocator allocator;
    private final boolean text;
    private final int maxBytes;
    private final Parts to;
    private final Utf8Validator characters = new Utf8Validator();

    private @Nullable ByteBuf last;
    private int partSize = MAX_PART;
    private int inflated;
    private int streams = 1;

    Inflation(Inflater inflater, ByteBufAllocator allocator, boolean text, int maxBytes, Parts to) {
        this.inflater = inflater;
        this.allocator = allocator;
        this.text = text;
        this.maxBytes = maxBytes;
        this.to = to;
    }

    /** Inflates the message; the caller releases it. Returns what is wrong with it, or null. */
    @Nullable Violation of(ByteBuf message) {
        partSize = Math.clamp((long) USUAL_RATIO * message.readableBytes(), MIN_PART, MAX_PART);
        try {
            Violation found = inflate(message.nioBuffer());
            found = found == null ? inflate(ByteBuffer.wrap(TAIL)) : found;
            if (found == null && text && !characters.complete()) {
                found = notUtf8();
            }
            if (found == null) {
                handOver(Unpooled.EMPTY_BUFFER, true);
            }
            return found;
        } catch (DataFormatException e) {
            return Violation.notDeflated("a compressed WebSocket message cannot be inflated");
        } finally {
            inflater.reset();
            if (last != null) {
                last.release();
            }
        }
    }

    private @Nullable Violation inflate(ByteBuffer in) throws DataFormatException {
        inflater.setInput(in);
        while (true) {
            ByteBuf part = allocator.buffer(partSize, partSize);
            Violation found;
            try {
                part.writerIndex(inflater.inflate(part.nioBuffer(0, partSize)));
                found = check(part);
            } catch (DataFormatException | RuntimeException | Error e) {
                part.release();
                throw e;
            }
            if (found != null) {
                part.release();
                return found;
            }
            if (part.isReadable()) {
                handOver(part, false);
                continue;
            }
            part.release();
            if (!inflater.finished() || !in.hasRemaining()) {
                return null;
            }
            if (++streams > MAX_STREAMS) {
                return Violation.notDeflated("a compressed WebSocket message consists of too many streams");
            }
            inflater.reset();
            inflater.setInput(in);
        }
    }

    private @Nullable Violation check(ByteBuf part) {
        inflated += part.readableBytes();
        if (inflated > maxBytes) {
            return Violation.tooBig("inflated WebSocket message", maxBytes);
        }
        return text && !characters.accept(part, part.readerIndex(), part.readableBytes()) ? notUtf8() : null;
    }

    /** One behind, because only the last part may end the message. */
    private void handOver(ByteBuf part, boolean end) {
        ByteBuf before = last;
        last = end ? null : part;
        if (before != null) {
            to.part(before, end);
        } else if (end) {
            to.part(part, true);
        }
    }

    private static Violation notUtf8() {
        return Violation.notUtf8("a WebSocket text message is not UTF-8");
    }
}
