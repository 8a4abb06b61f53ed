package dev.maru.transport.websocket;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection after its handshake: the only handler of its pipeline (but for TLS).
 *
 * <p>Confined to its channel's event loop.
 *
 * <p>It is open until somebody ends it. Then {@link Speech#onClosed} is called, once, and nothing more is heard; what
 * is still written is dropped. The channel lives on for a moment ({@link ClosingHandshake}).
 */
public final class WebSocketConnection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(WebSocketConnection.class);

    private final Channel channel;
    private final Framing framing;
    private final SocketWriter writer;
    private final ClosingHandshake closing;
    private final FrameReader frames;
    private final SignsOfLife signs;
    private final Speech speech;
    private final Deflate deflate;
    private final CompressedMessages compressed;

    private @Nullable ByteBuf early;
    private @Nullable Violation violation;
    private boolean opened;
    private boolean over;

    /**
     * A connection for this channel; the caller adds it to the pipeline and then calls {@link #open}.
     *
     * @param deflate what was agreed about compression
     */
    public WebSocketConnection(Channel channel, WebSocketProtocol protocol, Handshake handshake, Deflate deflate) {
        this.channel = channel;
        this.framing = protocol.framing();
        this.deflate = deflate;
        this.writer = new SocketWriter(channel, this::sent);
        this.signs = new SignsOfLife(channel, writer, framing.keepAlive());
        this.closing = new ClosingHandshake(channel, writer);
        this.frames = new FrameReader(protocol.maxFrameBytes(), deflate.agreed(), new Frames());
        this.compressed = new CompressedMessages(deflate, protocol.maxFrameBytes());
        this.speech = protocol.speech(this, handshake);
    }

    /** Begins. Called once, when the HTTP handlers have left the pipeline. */
    public void open() {
        channel.config().setAutoRead(true);
        writeOpening();
        try {
            speech.open();
        } catch (RuntimeException e) {
            failed(e);
        }
        opened = true;
        if (!over) {
            signs.start();
        }
        ByteBuf bytes = early;
        early = null;
        if (bytes != null) {
            take(bytes);
            writer.letGo();
        }
    }

    EventExecutor executor() {
        return channel.eventLoop();
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /** Whether somebody has ended it. */
    boolean over() {
        return over;
    }

    /** A format that compresses what many connections get, where that was agreed. */
    WireFormat compressed(WireFormat format) {
        return deflate.around(format);
    }

    /** This frame in the form that was agreed. Owns it, and gives another away. */
    ByteBuf compressed(ByteBuf frame) {
        return deflate.compressed(frame);
    }

    /** Takes whole frames and owns them. They wait for {@link #flush()}. */
    void write(ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else {
            writer.write(bytes);
        }
    }

    /** Lets everything written leave, in as few system calls as it takes. */
    void flush() {
        writer.flush();
    }

    /** How many bytes were written and have not reached the socket. */
    long unsentBytes() {
        return writer.unsentBytes();
    }

    /** Stops or resumes reading from the client. */
    void reading(boolean on) {
        if (!over) {
            channel.config().setAutoRead(on);
        }
    }

    /** Closes after what was written has left, with the reason's code, or the violation's if there was one. */
    void close(CloseReason reason) {
        close(violation == null ? reason.code() : violation.closeCode(), reason.text(), reason);
    }

    /** The same, with a hint when to come back. */
    void close(CloseReason reason, int comeBackMillis) {
        close(reason.code(), reason.text(comeBackMillis), reason);
    }

    /** Closes after what was written has left. */
    void close(int code, String text, CloseReason reason) {
        if (over) {
            return;
        }
        end();
        executor().execute(() -> speech.onClosed(reason));
        ByteBuf farewell = channel.alloc().buffer();
        if (code != CloseCode.LOST) {
            framing.writeClosing(code, text, farewell);
            FrameWriter.writeClose(code, text, farewell);
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
        if (!opened && !over) {
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
        } else {
            speech.onActivity();
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
            speech.onClosed(CloseReason.fromClient(CloseCode.LOST));
        }
        closing.finished();
        compressed.close();
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
        framing.writeOpening(opening);
        if (opening.isReadable()) {
            writer.write(opening);
            writer.flush();
        } else {
            opening.release();
        }
    }

    private void sent() {
        if (!over && opened && channel.isActive()) {
            speech.onSent();
        }
    }

    private void end() {
        over = true;
        signs.stop();
    }

    /** What {@link FrameReader} reads. */
    private final class Frames implements FrameReader.Sink {

        @Override
        public void onMessage(boolean text) {
            if (listening()) {
                speech.onMessage(text);
                compressed.begin(text);
            }
        }

        @Override
        public void onPart(ByteBuf part, boolean endOfMessage) {
            hear(part, endOfMessage);
        }

        @Override
        public void onCompressedPart(ByteBuf part, boolean endOfMessage) {
            if (listening()) {
                compressed.read(part, endOfMessage, this::hear, this::onViolation);
            } else {
                part.release();
            }
        }

        private void hear(ByteBuf part, boolean endOfMessage) {
            if (!listening()) {
                part.release();
                return;
            }
            Violation found = speech.onPart(part, endOfMessage);
            if (found != null) {
                onViolation(found);
            }
        }

        private boolean listening() {
            return !over && violation == null;
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
        public void onClose(int code, String reason) {
            closing.peerClosed();
            if (over) {
                return;
            }
            end();
            speech.onCloseFrame(code, reason);
            speech.onClosed(CloseReason.fromClient(code));
            ByteBuf echo = channel.alloc().buffer();
            FrameWriter.writeClose(code, "", echo);
            closing.start(echo, CloseReason.fromClient(code));
        }

        @Override
        public void onViolation(Violation found) {
            if (listening()) {
                violation = found;
                closing.deaf();
                speech.onViolation(found);
            }
        }
    }
}
