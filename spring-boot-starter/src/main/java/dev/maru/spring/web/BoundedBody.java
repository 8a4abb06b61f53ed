package dev.maru.spring.web;

import dev.maru.engine.fault.Refusal;
import dev.maru.transport.sockjs.SockJsFault;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The body of a request as it arrives, up to a limit.
 *
 * <p>Confined to one thread at a time.
 */
final class BoundedBody {
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes a copy of the next part. */
    void add(ByteBuf part) {
        if (bytes.size() + part.readableBytes() > maxBytes) {
            throw new Refusal(SockJsFault.BODY_TOO_LARGE, "The body is longer than " + maxBytes + " bytes.");
        }
        try {
            part.getBytes(part.readerIndex(), bytes, part.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
