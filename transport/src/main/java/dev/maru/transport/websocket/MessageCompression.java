package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses and inflates messages, each on its own (RFC 7692 without context takeover). So a connection holds nothing
 * for it, and what was compressed once serves every connection.
 *
 * <p>Safe for any thread: each event loop has one deflater and one inflater.
 */
public final class MessageCompression {
    /** Compression ends with an empty block, which is not sent (RFC 7692, 7.2.1). */
    private static final int TAIL_BYTES = 4;

    private static final int ROOM = 64;

    private final int threshold;
    private final FastThreadLocal<Deflater> deflaters = new FastThreadLocal<>() {
        @Override
        protected Deflater initialValue() {
            return new Deflater(Deflater.BEST_SPEED, true);
        }

        @Override
        protected void onRemoval(Deflater deflater) {
            deflater.end();
        }
    };
    private final FastThreadLocal<Inflater> inflaters = new FastThreadLocal<>() {
        @Override
        protected Inflater initialValue() {
            return new Inflater(true);
        }

        @Override
        protected void onRemoval(Inflater inflater) {
            inflater.end();
        }
    };

    /** Compresses messages from this many bytes on. */
    public MessageCompression(int threshold) {
        if (threshold < 1) {
            throw new IllegalArgumentException("threshold must be positive: " + threshold);
        }
        this.threshold = threshold;
    }

    /** The loop's own, fresh; to be done with before anybody else on this loop can want it. */
    Inflater inflater() {
        Inflater inflater = inflaters.get();
        inflater.reset();
        return inflater;
    }

    /** Whether a message of so many bytes may be worth it. */
    boolean pays(int bytes) {
        return bytes >= threshold;
    }

    /** Appends this frame, which {@link FrameWriter} made: compressed if that makes it shorter. */
    void write(ByteBuf frame, ByteBuf out) {
        int start = out.writerIndex();
        int payload = frame.readableBytes() - FrameWriter.headerLengthOf(frame);
        if (!pays(payload) || !writeCompressed(frame, payload, out)) {
            out.writerIndex(start).writeBytes(frame, frame.readerIndex(), frame.readableBytes());
        }
    }

    private boolean writeCompressed(ByteBuf frame, int payload, ByteBuf out) {
        int start = out.writerIndex();
        int reserved = FrameWriter.headerLength(payload);
        out.ensureWritable(reserved).writerIndex(start + reserved);
        deflate(frame.nioBuffer(frame.writerIndex() - payload, payload), out);
        if (out.writerIndex() - start - reserved >= payload) {
            return false;
        }
        FrameWriter.insertHeader(FrameWriter.opcodeOf(frame), start, reserved, out);
        FrameWriter.markCompressed(out, start);
        return true;
    }

    private void deflate(ByteBuffer in, ByteBuf out) {
        Deflater deflater = deflaters.get();
        deflater.setInput(in);
        int room;
        int written;
        do {
            out.ensureWritable(ROOM);
            room = out.writableBytes();
            written = deflater.deflate(out.nioBuffer(out.writerIndex(), room), Deflater.SYNC_FLUSH);
            out.writerIndex(out.writerIndex() + written);
        } while (written == room);
        deflater.reset();
        out.writerIndex(out.writerIndex() - TAIL_BYTES);
    }
}
