package dev.maru.transport.sockjs;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SockJS session over HTTP (SockJS 0.3.4, "Protocol and framing" and "Handling close"): a connection made of many
 * requests. One of them at a time receives; what is said while none does waits for the next.
 *
 * <p>Confined to one event loop, that of its first request. Requests that live on other loops hand over to it.
 *
 * <p>It is open until somebody ends it: the application, a receiving request that breaks off, or a client that stays
 * away. Then it is remembered for a while, so that the client is told.
 */
public final class SockJsSession {
    private static final Logger log = LoggerFactory.getLogger(SockJsSession.class);
    private static final byte[] OPEN = "o".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEART_BEAT = "h".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND = Receiver.closeFrame(2010, "Another connection still open");
    private static final int INTERRUPTED = 1002;

    private final SockJsSettings settings;
    private final EventExecutor executor;
    private final ByteBufAllocator allocator;
    private final Handshake handshake;
    private final SockJsApplications applications;
    private final Runnable whenForgotten;

    private final Queue<ByteBuf> waiting = new ArrayDeque<>();
    private final SendQueue sends = new SendQueue(this);
    private @Nullable SockJsApplication application;
    private @Nullable Receiver receiver;
    private byte @Nullable [] closeFrame;
    private long unsentBytes;
    private int unfinished;
    private boolean greeted;
    private boolean forgotten;
    private volatile boolean owing;
    private @Nullable Future<?> absence;
    private @Nullable Future<?> heartBeat;

    SockJsSession(
            SockJsSettings settings,
            Loop loop,
            Handshake handshake,
            SockJsApplications applications,
            Runnable whenForgotten) {
        this.settings = settings;
        this.executor = loop.executor();
        this.allocator = loop.allocator();
        this.handshake = handshake;
        this.applications = applications;
        this.whenForgotten = whenForgotten;
    }

    /** Where a session lives. */
    public record Loop(EventExecutor executor, ByteBufAllocator allocator) {}

    /**
     * A request wants to receive.
     *
     * @param ifForgotten runs if the session has ended meanwhile and nobody remembers it
     */
    public void receive(Receiver request, Runnable ifForgotten) {
        onLoop(() -> {
            if (forgotten) {
                ifForgotten.run();
            } else if (closeFrame != null && waiting.isEmpty()) {
                request.answer(closeFrame);
                owing = false;
                expectReturn();
            } else if (receiver != null) {
                request.answer(SECOND);
            } else {
                attach(request);
            }
        });
    }

    /** A request brings messages; it is answered when they were taken. */
    public void send(Send request) {
        onLoop(() -> {
            if (application == null || closeFrame != null) {
                request.answer(Send.Outcome.NO_SESSION);
            } else {
                application.onActivity();
                sends.add(request);
            }
        });
    }

    /** Whether it was closed and its client has not heard of it, because it waits for nothing now. Safe for any thread. */
    boolean owesFarewell() {
        return owing;
    }

    EventExecutor executor() {
        return executor;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    boolean isOpen() {
        return closeFrame == null;
    }

    /** Takes JSON strings with a comma behind each, and owns them. */
    void write(ByteBuf strings) {
        if (closeFrame != null) {
            strings.release();
            return;
        }
        unsentBytes += strings.readableBytes();
        waiting.add(strings);
    }

    void flush() {
        while (receiver != null && !waiting.isEmpty()) {
            deliver(receiver);
        }
    }

    /** What waits for a request, and what waits for its socket. */
    long unsentBytes() {
        return unsentBytes;
    }

    void reading(boolean on) {
        sends.reading(on);
    }

    void close(int code, String text, CloseReason reason) {
        if (closeFrame != null) {
            return;
        }
        flush();
        closeFrame = Receiver.closeFrame(code, text);
        if (receiver != null) {
            receiver.frame(closeFrame);
            detach();
        } else {
            owing = true;
            expectReturn();
        }
        executor.execute(() -> tellClosed(reason));
    }

    void deliverMessage(String message) {
        if (application == null || closeFrame != null) {
            return;
        }
        try {
            application.onMessage(message);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** A request has taken over bytes. */
    void handedOver(int bytes) {
        unsentBytes += bytes;
    }

    /** Bytes that a request had taken over have reached its socket. */
    void written(long bytes) {
        unsentBytes -= bytes;
        if (application != null) {
            application.onSent();
        }
    }

    /** A request has ended: as it should, or broken off. What it had not told the client then is lost. */
    void over(Receiver request, boolean whole, long lost) {
        unfinished--;
        written(lost);
        if (!whole && (receiver == request || lost > 0)) {
            interrupt();
        } else if (receiver == null) {
            expectReturn();
        }
    }

    void onLoop(Runnable action) {
        if (executor.inEventLoop()) {
            action.run();
            return;
        }
        try {
            executor.execute(action);
        } catch (RejectedExecutionException e) {
            log.debug("The event loop of a SockJS session has ended", e);
        }
    }

    private void attach(Receiver request) {
        cancel(absence);
        receiver = request;
        unfinished++;
        request.attach(this);
        startHeartBeat();
        if (!greeted) {
            greeted = true;
            open(request);
        } else if (application != null) {
            application.onActivity();
        }
        flush();
        if (closeFrame != null && receiver != null) {
            receiver.frame(closeFrame);
            owing = false;
            detach();
        }
    }

    private void open(Receiver request) {
        request.frame(OPEN);
        detachIfFull();
        try {
            application = applications.open(this, handshake);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void deliver(Receiver to) {
        ByteBuf frame = allocator.buffer().writeByte('a').writeByte('[');
        while (!waiting.isEmpty() && frame.readableBytes() < settings.streamBytes()) {
            ByteBuf strings = waiting.remove();
            unsentBytes -= strings.readableBytes();
            frame.writeBytes(strings);
            strings.release();
        }
        frame.setByte(frame.writerIndex() - 1, ']');
        to.frame(frame);
        detachIfFull();
    }

    private void detachIfFull() {
        if (receiver != null && receiver.full(settings.streamBytes())) {
            detach();
        }
    }

    private void detach() {
        Receiver request = receiver;
        receiver = null;
        cancel(heartBeat);
        expectReturn();
        if (request != null) {
            request.end();
        }
    }

    private void startHeartBeat() {
        long interval = settings.heartBeat().toMillis();
        if (interval > 0) {
            heartBeat = executor.scheduleAtFixedRate(this::beat, interval, interval, TimeUnit.MILLISECONDS);
        }
    }

    /** A client that has something to read yet needs no sign of life. */
    private void beat() {
        if (receiver != null && receiver.unsentBytes() == 0) {
            receiver.frame(HEART_BEAT);
            detachIfFull();
        }
    }

    /** A client that still reads what it was sent has not gone away. Its connection ends it if it does not read. */
    private void expectReturn() {
        cancel(absence);
        if (unfinished > 0) {
            return;
        }
        absence = executor.schedule(this::stayedAway, settings.disconnectDelay().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stayedAway() {
        if (receiver != null || forgotten) {
            return;
        }
        forgotten = true;
        owing = false;
        if (closeFrame == null) {
            closeFrame = Receiver.closeFrame(INTERRUPTED, "Connection interrupted");
            tellClosed(CloseReason.CONNECTION_LOST);
        }
        dropWaiting();
        whenForgotten.run();
    }

    private void interrupt() {
        if (closeFrame == null) {
            dropWaiting();
            closeFrame = Receiver.closeFrame(INTERRUPTED, "Connection interrupted");
            tellClosed(CloseReason.CONNECTION_LOST);
        }
        detach();
    }

    private void dropWaiting() {
        for (ByteBuf strings = waiting.poll(); strings != null; strings = waiting.poll()) {
            unsentBytes -= strings.readableBytes();
            strings.release();
        }
    }

    private void tellClosed(CloseReason reason) {
        SockJsApplication told = application;
        application = null;
        sends.close();
        if (told != null) {
            told.onClosed(reason);
        }
    }

    private void failed(RuntimeException error) {
        log.error("A SockJS session is closed because its handling failed", error);
        CloseReason reason = CloseReason.SERVER_ERROR;
        close(reason.code(), reason.text(), reason);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
