package dev.maru.transport.sockjs;

import dev.maru.engine.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * One receiving request: the response that a client is reading.
 *
 * <p>Confined to its session's event loop; what the response tells is handed over to it.
 */
public final class Receiver implements SockJsResponse.Watcher {
    private final SockJsTransport transport;
    private final String callback;
    private final ByteBufAllocator allocator;
    private @Nullable SockJsResponse response;
    private volatile @Nullable SockJsSession session;
    private volatile @Nullable Boolean over;
    private long framedBytes;
    private long unsentBytes;
    private boolean ended;
    private boolean toldOver;

    /** @param callback the name of the function to call, or empty */
    public Receiver(SockJsTransport transport, String callback, ByteBufAllocator allocator) {
        this.transport = transport;
        this.callback = callback;
        this.allocator = allocator;
    }

    /** Where to write; called once, before the receiver is handed to a session. */
    public void respondWith(SockJsResponse to) {
        response = to;
    }

    /** It waits for what this session has to say. */
    void attach(SockJsSession to) {
        session = to;
        prelude();
        Boolean ending = over;
        if (ending != null) {
            to.executor().execute(() -> onOver(ending));
        }
    }

    /** Tells one thing about the session and ends. */
    void answer(byte[] frame) {
        prelude();
        frame(frame);
        end();
    }

    /** No session can be had; the client comes back later. */
    public void refuse() {
        answer(closeFrame(CloseReason.SERVER_ERROR.code(), CloseReason.SERVER_ERROR.text()));
    }

    void frame(byte[] frame) {
        ByteBuf bytes = allocator.buffer(frame.length).writeBytes(frame);
        frame(bytes);
    }

    /** Writes a frame and owns it. */
    void frame(ByteBuf frame) {
        ByteBuf chunk = allocator.buffer(frame.readableBytes() + frame.readableBytes() / 8 + 64);
        try {
            transport.write(frame, callback, chunk);
        } finally {
            frame.release();
        }
        framedBytes += chunk.readableBytes();
        write(chunk);
    }

    /** Whether the client has to ask again after so many bytes; a polling one after each frame. */
    boolean full(int limit) {
        return framedBytes > 0 && (!transport.streaming() || framedBytes >= limit);
    }

    void end() {
        if (!ended && response != null) {
            ended = true;
            response.end();
        }
    }

    long unsentBytes() {
        return unsentBytes;
    }

    @Override
    public void onWritten(int bytes) {
        SockJsSession owner = session;
        if (owner != null) {
            owner.onLoop(() -> {
                unsentBytes -= bytes;
                owner.written(bytes);
            });
        }
    }

    @Override
    public void onOver(boolean whole) {
        over = whole;
        SockJsSession owner = session;
        if (owner != null) {
            owner.onLoop(() -> tellOver(owner, whole));
        }
    }

    /** Once, though the session may have come at the very moment of the end. */
    private void tellOver(SockJsSession owner, boolean whole) {
        if (!toldOver) {
            toldOver = true;
            long lost = unsentBytes;
            unsentBytes = 0;
            owner.over(this, whole, lost);
        }
    }

    private void prelude() {
        ByteBuf chunk = allocator.buffer();
        transport.writePrelude(callback, chunk);
        if (chunk.isReadable()) {
            write(chunk);
        } else {
            chunk.release();
        }
    }

    private void write(ByteBuf chunk) {
        if (response == null) {
            chunk.release();
            return;
        }
        int bytes = chunk.readableBytes();
        SockJsSession owner = session;
        if (owner != null) {
            unsentBytes += bytes;
            owner.handedOver(bytes);
        }
        response.write(chunk);
    }

    static byte[] closeFrame(int code, String reason) {
        ByteBuf frame = Unpooled.buffer();
        ByteBufUtil.writeAscii(frame, "c[" + code + ",");
        SockJsString.write(reason, frame);
        frame.writeByte(']');
        return ByteBufUtil.getBytes(frame);
    }
}
