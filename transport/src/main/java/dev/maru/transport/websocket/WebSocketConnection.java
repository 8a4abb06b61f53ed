package dev.maru.transport.websocket;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection after its handshake: the only handler of its pipeline (but for TLS), and the engine's way
 * to the client.
 *
 * <p>Confined to its channel's event loop.
 *
 * <p>It is open until somebody ends it. Then {@link StompSession#onClosed} is called, once, and the session hears
 * nothing more; what it still writes is dropped. The channel lives on for a moment ({@link ClosingHandshake}).
 */
public final class WebSocketConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger log = LoggerFactory.getLogger(WebSocketConnection.class);

    private final ConnectionSettings settings;
    private final Handshake handshake;
    private final Channel channel;
    private final SocketWriter writer;
    private final ClosingHandshake closing;
    private final FrameReader frames;
    private final MessageReader messages;

    private StompVersion version = StompVersion.V1_2;
    private @Nullable StompSession session;
    private @Nullable ByteBuf early;
    private @Nullable Violation violation;
    private @Nullable Future<?> keepAlive;
    private boolean over;

    /** A connection for this channel; the caller adds it to the pipeline and then calls {@link #open}. */
    public WebSocketConnection(Channel channel, ConnectionSettings settings, Handshake handshake) {
        this.channel = channel;
        this.settings = settings;
        this.handshake = handshake;
        this.writer = new SocketWriter(channel, this::sent);
        this.closing = new ClosingHandshake(channel, writer);
        this.frames = new FrameReader(settings.maxFrameBytes(), new Frames());
        this.messages = settings.framing().reader(settings.stompLimits(), settings.maxFrameBytes(), new StompFrames());
    }

    /** Opens the session. Called once, when the HTTP handlers have left the pipeline. */
    public void open() {
        channel.config().setAutoRead(true);
        writeOpening();
        try {
            session = settings.sessions().open(this, handshake);
        } catch (RuntimeException e) {
            failed(e);
        }
        startKeepAlive();
        ByteBuf bytes = early;
        early = null;
        if (bytes != null) {
            take(bytes);
            writer.letGo();
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
        return settings.framing().format(version);
    }

    @Override
    public void speak(StompVersion spoken) {
        version = spoken;
        messages.version(spoken);
    }

    @Override
    public void write(ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else {
            writer.write(bytes);
        }
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public long unsentBytes() {
        return writer.unsentBytes();
    }

    @Override
    public void reading(boolean on) {
        if (!over) {
            channel.config().setAutoRead(on);
        }
    }

    @Override
    public void close(CloseReason reason) {
        if (over) {
            return;
        }
        end();
        executor().execute(() -> tellClosed(reason));
        int code = violation == null ? reason.code() : violation.closeCode();
        ByteBuf farewell = channel.alloc().buffer();
        if (code != CloseCode.LOST) {
            settings.framing().writeClosing(code, reason.text(), farewell);
            FrameWriter.writeClose(code, reason.text(), farewell);
        }
        closing.start(farewell, reason);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            take(bytes);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(ByteBuf bytes) {
        if (session == null && !over) {
            early = early == null ? bytes : channel.alloc().compositeBuffer().addComponents(true, early, bytes);
            return;
        }
        try {
            writer.hold();
            received(bytes);
        } finally {
            bytes.release();
        }
    }

    private void received(ByteBuf bytes) {
        if (over) {
            closing.discarded(bytes.readableBytes());
        } else if (session != null) {
            session.onActivity();
        }
        frames.read(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        writer.letGo();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        writer.writabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!over) {
            end();
            tellClosed(CloseReason.fromClient(CloseCode.LOST));
        }
        closing.finished();
        ReferenceCountUtil.release(early);
        early = null;
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
        log.error("A connection is closed because its handling failed", cause);
        close(CloseReason.SERVER_ERROR);
    }

    private void writeOpening() {
        ByteBuf opening = channel.alloc().buffer();
        settings.framing().writeOpening(opening);
        if (opening.isReadable()) {
            writer.write(opening);
            writer.flush();
        } else {
            opening.release();
        }
    }

    private void startKeepAlive() {
        StompFraming.KeepAlive sign = settings.framing().keepAlive();
        long interval = sign.interval().toMillis();
        if (interval > 0 && !over) {
            keepAlive = executor()
                    .scheduleAtFixedRate(() -> keepAlive(sign.text()), interval, interval, TimeUnit.MILLISECONDS);
        }
    }

    private void keepAlive(String text) {
        if (channel.isWritable()) {
            ByteBuf sign = channel.alloc().buffer();
            FrameWriter.writeAscii(text, sign);
            writer.write(sign);
            writer.flush();
        }
    }

    private void sent() {
        if (!over && session != null && channel.isActive()) {
            session.onSent();
        }
    }

    private void end() {
        over = true;
        if (keepAlive != null) {
            keepAlive.cancel(false);
        }
    }

    /** Not called from within the session or the reader of its messages. */
    private void tellClosed(CloseReason reason) {
        messages.close();
        if (session != null) {
            session.onClosed(reason);
        }
    }

    /** What {@link FrameReader} reads. */
    private final class Frames implements FrameReader.Sink {

        @Override
        public void onPart(ByteBuf part, boolean endOfMessage) {
            if (over || violation != null) {
                part.release();
                return;
            }
            Violation found = messages.read(part, endOfMessage);
            if (found != null) {
                onViolation(found);
            }
        }

        /** A client that does not read gets no answers either, so that they cannot pile up. */
        @Override
        public void onPing(byte[] payload) {
            if (!over && channel.isWritable()) {
                ByteBuf pong = channel.alloc().buffer();
                FrameWriter.writePong(payload, pong);
                writer.write(pong);
                writer.flush();
            }
        }

        @Override
        public void onClose(int code) {
            closing.peerClosed();
            if (over) {
                return;
            }
            end();
            tellClosed(CloseReason.fromClient(code));
            ByteBuf echo = channel.alloc().buffer();
            FrameWriter.writeClose(code, "", echo);
            closing.start(echo, CloseReason.fromClient(code));
        }

        @Override
        public void onViolation(Violation found) {
            if (over || violation != null) {
                return;
            }
            violation = found;
            if (session != null) {
                session.onFault(found.fault(), found.detail(), null);
            }
        }
    }

    /** What {@link MessageReader} reads; frames that come after the end are dropped. */
    private final class StompFrames implements StompFrameListener {

        @Override
        public void onFrame(StompFrame frame) {
            if (over || session == null) {
                frame.close();
            } else {
                session.onFrame(frame);
            }
        }

        @Override
        public void onHeartBeat() {
            if (!over && session != null) {
                session.onHeartBeat();
            }
        }

        @Override
        public void onFault(StompFault fault, String detail, @Nullable String receipt) {
            if (!over && session != null) {
                session.onFault(fault, detail, receipt);
            }
        }
    }
}
