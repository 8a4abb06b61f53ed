package dev.maru.spring.servlet;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.websocket.SessionFrames;
import dev.maru.transport.websocket.SessionOpener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;

/**
 * A client of Spring's transport as the engine sees it. What it sends is read on an event loop of ours; what it gets is
 * sent by a {@link SocketWriter}, because Spring's transport waits for slow clients and an event loop never does. What
 * comes while nothing is to be read is kept up to a limit, and past it the client is shut out.
 *
 * <p>Confined to its event loop, but for {@link #receive} and {@link #ended}, which are safe for any thread.
 */
final class SocketConnection implements Connection, SessionFrames {
    /** What a message costs at least, so that empty ones are not free. */
    private static final int LEAST_WEIGHT = 64;

    private final EventExecutor executor;
    private final SocketWriter writer;
    private final ReadingSwitch readingSwitch;
    private final int mostUnread;
    private final StompDecoder decoder;
    private final AtomicInteger unread = new AtomicInteger();
    private final AtomicBoolean shutOut = new AtomicBoolean();
    private final Queue<ByteBuf> waiting = new ArrayDeque<>();
    private final List<ByteBuf> written = new ArrayList<>();
    private EnvelopeFormat format = new EnvelopeFormat(StompVersion.V1_2);
    private @Nullable StompSession session;
    private boolean reading;
    private boolean decoding;
    private boolean over;
    private long unsent;

    /** @param limits bounds the client's frames; twice the longest may wait while nothing is to be read */
    SocketConnection(EventExecutor executor, SocketWriter writer, ReadingSwitch readingSwitch, StompLimits limits) {
        this.executor = executor;
        this.writer = writer;
        this.readingSwitch = readingSwitch;
        this.mostUnread = Math.multiplyExact(2, limits.maxFrameBytes());
        this.decoder = new StompDecoder(limits, this);
    }

    /** Lets the client in; what it has sent already is read now. */
    void open(SessionOpener sessions, Handshake handshake) {
        if (!over) {
            session = sessions.open(this, handshake);
            reading = true;
            readOn();
        }
    }

    /** Nobody is let in. */
    void refuse(CloseStatus status) {
        writer.close(status);
        endedNow(CloseReason.REFUSED);
    }

    /** A message, or a part of one, came from the client. */
    void receive(WebSocketMessage<?> message) {
        if (shutOut.get()) {
            return;
        }
        ByteBuf bytes = bytes(message);
        if (unread.addAndGet(weight(bytes)) > mostUnread) {
            bytes.release();
            shutOut();
        } else if (!later(() -> take(bytes))) {
            bytes.release();
        }
    }

    /** Once only: the client may go on sending until the writer comes to say good-bye. */
    private void shutOut() {
        if (shutOut.compareAndSet(false, true)) {
            writer.close(CloseStatus.POLICY_VIOLATION.withReason("sends faster than it may"));
            ended(CloseReason.REFUSED);
        }
    }

    private static int weight(ByteBuf bytes) {
        return Math.max(LEAST_WEIGHT, bytes.readableBytes());
    }

    /** The client is gone. Idempotent. */
    void ended(CloseReason reason) {
        later(() -> endedNow(reason));
    }

    /** Bytes have left for the client, or never will. */
    void sent(int bytes) {
        later(() -> {
            unsent -= bytes;
            if (!over && session != null) {
                session.onSent();
            }
        });
    }

    private static ByteBuf bytes(WebSocketMessage<?> message) {
        return switch (message) {
            case TextMessage text -> Unpooled.wrappedBuffer(text.getPayload().getBytes(StandardCharsets.UTF_8));
            case BinaryMessage binary -> Unpooled.copiedBuffer(binary.getPayload());
            // A pong; it says that the client lives and no more.
            default -> Unpooled.wrappedBuffer(ByteBuffer.allocate(0));
        };
    }

    /** An executor that has ended has ended its sessions with it. */
    private boolean later(Runnable action) {
        try {
            executor.execute(action);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private void take(ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else {
            waiting.add(bytes);
            readOn();
        }
    }

    private void readOn() {
        if (decoding) {
            return;
        }
        decoding = true;
        try {
            while (reading && !over && !waiting.isEmpty()) {
                ByteBuf bytes = waiting.remove();
                unread.addAndGet(-weight(bytes));
                if (session != null) {
                    session.onActivity();
                }
                decoder.decode(bytes);
            }
        } finally {
            decoding = false;
        }
    }

    private void endedNow(CloseReason reason) {
        if (over) {
            return;
        }
        over = true;
        decoder.close();
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        written.forEach(ByteBuf::release);
        written.clear();
        if (session != null) {
            session.onClosed(reason);
        }
    }

    @Override
    public @Nullable StompSession listening() {
        return over ? null : session;
    }

    // What the session calls.

    @Override
    public EventExecutor executor() {
        return executor;
    }

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public WireFormat wireFormat() {
        return format;
    }

    @Override
    public void speak(StompVersion version) {
        format = new EnvelopeFormat(version);
        decoder.version(version);
    }

    @Override
    public void write(ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else {
            unsent += bytes.readableBytes();
            written.add(bytes);
        }
    }

    @Override
    public void flush() {
        if (!written.isEmpty()) {
            writer.send(List.copyOf(written), this);
            written.clear();
        }
    }

    @Override
    public long unsentBytes() {
        return unsent;
    }

    @Override
    public void reading(boolean on) {
        reading = on;
        readingSwitch.reading(on);
        if (on) {
            readOn();
        }
    }

    @Override
    public void close(CloseReason reason) {
        close(reason, reason.text());
    }

    @Override
    public void close(CloseReason reason, int comeBackMillis) {
        close(reason, reason.text(comeBackMillis));
    }

    private void close(CloseReason reason, String text) {
        flush();
        decoder.close();
        // 1006 says that nothing could be said.
        int code = reason == CloseReason.CONNECTION_LOST ? CloseStatus.SERVER_ERROR.getCode() : reason.code();
        writer.close(new CloseStatus(code, text));
        writer.afterwards(() -> ended(reason));
    }
}
