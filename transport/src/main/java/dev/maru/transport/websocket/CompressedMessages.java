package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The compressed messages of one connection. A message is kept as it is until it is whole, up to the limit, and then
 * inflated at once: so a whole event loop needs one inflater only, and a client that is slow to send holds none.
 *
 * <p>Confined to its connection's event loop.
 */
final class CompressedMessages {
    private final Deflate deflate;
    private final int maxBytes;

    private @Nullable ByteBuf kept;
    private boolean text;

    CompressedMessages(Deflate deflate, int maxBytes) {
        this.deflate = deflate;
        this.maxBytes = maxBytes;
    }

    /** A message begins. */
    void begin(boolean isText) {
        text = isText;
    }

    /** Takes the next part and owns it; hands over what the message inflates to, or tells what is wrong with it. */
    void read(ByteBuf part, boolean endOfMessage, Inflation.Parts to, Consumer<Violation> wrong) {
        Violation found;
        if (part.readableBytes() > maxBytes - (kept == null ? 0 : kept.readableBytes())) {
            part.release();
            found = Violation.tooBig("compressed message", maxBytes);
        } else {
            found = add(part, endOfMessage, to);
        }
        if (found != null) {
            wrong.accept(found);
        }
    }

    private @Nullable Violation add(ByteBuf part, boolean endOfMessage, Inflation.Parts to) {
        if (kept == null && endOfMessage) {
            return inflate(part, to);
        }
        try {
            kept = kept == null ? part.alloc().buffer(part.readableBytes()) : kept;
            kept.writeBytes(part);
        } finally {
            part.release();
        }
        if (!endOfMessage) {
            return null;
        }
        ByteBuf whole = kept;
        kept = null;
        return inflate(whole, to);
    }

    private @Nullable Violation inflate(ByteBuf whole, Inflation.Parts to) {
        MessageCompression compression = deflate.compression();
        try {
            return compression == null
                    ? Violation.protocol("compression was not agreed")
                    : new Inflation(compression.inflater(), whole.alloc(), text, maxBytes, to).of(whole);
        } finally {
            whole.release();
        }
    }

    /** Drops what was kept. */
    void close() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }
}
