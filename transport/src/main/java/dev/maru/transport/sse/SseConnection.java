package dev.maru.transport.sse;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.websocket.CloseCode;
import dev.maru.transport.websocket.SessionOpener;
import dev.maru.transport.websocket.SocketWriter;
import dev.maru.transport.websocket.StallWatch;
import dev.maru.transport.websocket.SystemProgress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of events: the only handler of its pipeline (but for TLS), and the engine's way to the reader. The reader
 * says nothing after its request, so the CONNECT and the SUBSCRIBE that an engine expects are said in its place.
 *
 * <p>Confined to its channel's event loop.
 *
 * <p>Nothing is answered until the engine has decided: either the subscription stands, and the stream begins, or the
 * response is a problem document with the status of the fault. A connection that ends before that is closed without an
 * answer, because a browser comes back after a broken connection, and never again after a status.
 */
public final class SseConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger log = LoggerFactory.getLogger(SseConnection.class);
    private static final WireFormat FORMAT = new SseFormat();
    private static final long MAX_INPUT_BYTES = 64 * 1024;
    private static final long LEAVE_MILLIS = 5_000;

    private enum State {
        DECIDING,
        STREAMING,
        REFUSED,
        OVER
    }

    private final Channel channel;
    private final SessionOpener sessions;
    private final SseHead head;
    private final SocketWriter writer;
    private final long stallMillis;
    private final StallWatch stall = new StallWatch();

    private State state = State.DECIDING;
    private @Nullable StompSession session;
    private @Nullable Future<?> timer;
    private long input;

    /**
     * A connection for this channel; the caller adds it to the pipeline and then calls {@link #open}.
     *
     * @param origin of a page that may read the stream, or null
     * @param stallTimeout after how long without progress a reader is given up, or twice as long at most
     */
    public SseConnection(Channel channel, SessionOpener sessions, @Nullable String origin, Duration stallTimeout) {
        this.channel = channel;
        this.sessions = sessions;
        this.stallMillis = stallTimeout.toMillis();
        this.head = new SseHead(origin);
        this.writer = new SocketWriter(channel, this::sent);
    }

    /** Opens the session. Called once, when the HTTP handlers have left the pipeline. */
    public void open(Handshake handshake, SseRequest request) {
        channel.config().setAutoRead(true);
        timer = executor().scheduleAtFixedRate(this::watch, stallMillis, stallMillis, TimeUnit.MILLISECONDS);
        try {
            StompSession opened = sessions.open(this, handshake);
            session = opened;
            opened.onFrame(frame(StompCommand.CONNECT, request.connect()));
            opened.onFrame(frame(StompCommand.SUBSCRIBE, request.subscribe()));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public EventExecutor executor() {
        return channel.eventLoop();
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public WireFormat wireFormat() {
        return FORMAT;
    }

    @Override
    public void speak(StompVersion spoken) {}

    /** The first event begins the stream. */
    @Override
    public void write(ByteBuf bytes) {
        if (!bytes.isReadable() || state == State.REFUSED || state == State.OVER) {
            bytes.release();
            return;
        }
        if (state == State.DECIDING) {
            state = State.STREAMING;
            ByteBuf opening = channel.alloc().buffer();
            head.writeStream(opening);
            hand(opening);
        }
        hand(bytes);
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public long unsentBytes() {
        return writer.unsentBytes();
    }

    /** The reader says nothing, and what it says nevertheless is dropped. */
    @Override
    public void reading(boolean on) {}

    @Override
    public void failing(Fault fault, String detail) {
        if (state == State.DECIDING) {
            state = State.REFUSED;
            ByteBuf problem = channel.alloc().buffer();
            head.writeProblem(fault, detail, problem);
            hand(problem);
        }
    }

    /** The reason stands in a comment, for people. */
    @Override
    public void close(CloseReason reason) {
        if (state == State.OVER) {
            return;
        }
        ByteBuf farewell = channel.alloc().buffer();
        if (state == State.STREAMING) {
            ByteBufUtil.writeAscii(farewell, ": " + reason.text() + "\n\n");
        }
        end();
        executor().execute(() -> tellClosed(reason));
        timer = executor().schedule(() -> channel.close(), LEAVE_MILLIS, TimeUnit.MILLISECONDS);
        writer.writeLast(farewell).addListener(sent -> channel.close());
        writer.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            input += bytes.readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (input > MAX_INPUT_BYTES) {
            channel.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        writer.writabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        boolean broken = state != State.OVER;
        end();
        if (broken) {
            tellClosed(CloseReason.fromClient(CloseCode.LOST));
        }
    }

    /** A reset by the peer is nothing to speak of; anything else is a defect of the server. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            channel.close();
        } else {
            failed(cause);
        }
    }

    private void failed(Throwable cause) {
        log.error("A stream of events is closed because its handling failed", cause);
        failing(SessionFault.INTERNAL_ERROR, "the server failed to open this stream");
        close(CloseReason.SERVER_ERROR);
    }

    private void hand(ByteBuf bytes) {
        stall.written(bytes.readableBytes());
        writer.write(bytes);
    }

    private void sent() {
        if (state != State.OVER && session != null && channel.isActive()) {
            session.onSent();
        }
    }

    private void watch() {
        if (stall.stalled(writer.unsentBytes()) && !SystemProgress.within(channel, stallMillis)) {
            close(CloseReason.SLOW_CONSUMER);
        }
    }

    private void end() {
        state = State.OVER;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Not called from within the session. */
    private void tellClosed(CloseReason reason) {
        if (session != null) {
            session.onClosed(reason);
        }
    }

    private static StompFrame frame(StompCommand command, StompHeaders headers) {
        return new StompFrame(command, headers, Unpooled.EMPTY_BUFFER);
    }
}
