package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on a client's WebSocket, down to frames.
 *
 * <p>The WebSocket calls one method after the other; all others are safe for any thread. The pause is guarded by this
 * object's lock.
 */
final class WebSocketReader implements WebSocket.Listener, StompFrameListener {
    private static final int NO_CLOSE_FRAME = 1006;
    private static final StompLimits LIMITS = new StompLimits(64 * 1024 * 1024, 1000, 1024 * 1024);

    private final Inbox inbox = new Inbox();
    private final AtomicInteger heartBeats = new AtomicInteger();
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private final CompletableFuture<ClosedWith> closed = new CompletableFuture<>();
    private final CompletableFuture<ClosedWith> sockJsClosed = new CompletableFuture<>();
    private final StompDecoder decoder = StompDecoder.forServerFrames(LIMITS, this);
    private final StringBuilder sockJsFrame = new StringBuilder();
    private final boolean sockJs;
    private volatile StompVersion version = StompVersion.V1_2;
    private boolean paused;
    private boolean requestDue;

    WebSocketReader(boolean sockJs) {
        this.sockJs = sockJs;
    }

    Inbox inbox() {
        return inbox;
    }

    StompVersion version() {
        return version;
    }

    int heartBeats() {
        return heartBeats.get();
    }

    /** Completes when frames may be sent. */
    CompletableFuture<Boolean> opened() {
        return opened;
    }

    CompletableFuture<ClosedWith> closed() {
        return closed;
    }

    CompletableFuture<ClosedWith> sockJsClosed() {
        return sockJsClosed;
    }

    synchronized void pause() {
        paused = true;
    }

    synchronized void resume(WebSocket webSocket) {
        paused = false;
        if (requestDue) {
            requestDue = false;
            webSocket.request(1);
        }
    }

    private synchronized void requestNext(WebSocket webSocket) {
        if (paused) {
            requestDue = true;
        } else {
            webSocket.request(1);
        }
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        if (!sockJs) {
            opened.complete(true);
        }
        webSocket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
        if (sockJs) {
            sockJsFrame.append(text);
            if (last) {
                onSockJsFrame(sockJsFrame.toString());
                sockJsFrame.setLength(0);
            }
        } else {
            decoder.decode(Unpooled.copiedBuffer(text, UTF_8));
        }
        requestNext(webSocket);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer bytes, boolean last) {
        decoder.decode(Unpooled.copiedBuffer(bytes));
        requestNext(webSocket);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
        requestNext(webSocket);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
        requestNext(webSocket);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        end(new ClosedWith(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end(new ClosedWith(NO_CLOSE_FRAME, String.valueOf(error)));
    }

    private void end(ClosedWith how) {
        decoder.close();
        inbox.end("the connection ended: " + how);
        opened.completeExceptionally(new IllegalStateException("closed before it was open: " + how));
        closed.complete(how);
    }

    private void onSockJsFrame(String frame) {
        switch (frame.charAt(0)) {
            case 'o' -> opened.complete(true);
            case 'h' -> onHeartBeat();
            case 'a', 'm' ->
                SockJsFrames.messages(frame).forEach(message -> {
                    ByteBuf bytes = Unpooled.copiedBuffer(message, UTF_8);
                    decoder.decode(bytes);
                });
            case 'c' -> sockJsClosed.complete(SockJsFrames.close(frame));
            default -> inbox.end("no SockJS frame: " + frame);
        }
    }

    @Override
    public void onFrame(StompFrame frame) {
        try (frame) {
            if (frame.command() == StompCommand.CONNECTED) {
                speak(frame.headers().get("version"));
            }
            inbox.add(new ReceivedFrame(frame.command(), frame.headers(), ByteBufUtil.getBytes(frame.body())));
        }
    }

    private void speak(@Nullable String agreed) {
        version = agreed == null
                ? StompVersion.V1_0
                : StompVersion.of(agreed).orElseThrow(() -> new AssertionError("no version: " + agreed));
        decoder.version(version);
    }

    @Override
    public void onHeartBeat() {
        heartBeats.incrementAndGet();
    }

    @Override
    public void onFault(StompFault fault, String detail, @Nullable String receipt) {
        inbox.end("the server sent no STOMP: " + fault + ", " + detail);
    }
}
