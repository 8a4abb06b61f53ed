package dev.maru.transport.tcp;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.http.TransportFault;
import dev.maru.transport.websocket.ClosingHandshake;
import dev.maru.transport.websocket.SessionFrames;
import dev.maru.transport.websocket.SocketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection that speaks STOMP: the only handler of its pipeline (but for TLS), and the engine's way to the
 * client.
 *
 * <p>Confined to its channel's event loop.
 *
 * <p>Its session begins with the connection, or with the end of the TLS handshake. It is open until somebody ends it;
 * then {@link StompSession#onClosed} is called, once, and what the session still writes is dropped. The channel lives
 * on for a moment: our last bytes leave, our side of the connection is closed, and what the client still sends is
 * discarded until it closes its side, so that it can read an ERROR or a RECEIPT to the end (STOMP 1.2, "Connection
 * Lingering").
 */
final class TcpConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger log = LoggerFactory.getLogger(TcpConnection.class);
    private static final byte[] NO_BODY = {};
    private static final String SHUTTING_DOWN = Integer.toString(TransportFault.SHUTTING_DOWN.code());

    private final Channel channel;
    private final TcpSettings settings;
    private final SocketWriter writer;
    private final ClosingHandshake closing;
    private final StompDecoder decoder;

    private StompTcpFormat format = new StompTcpFormat(StompVersion.V1_2);
    private @Nullable StompSession session;
    private boolean over;

    TcpConnection(Channel channel, TcpSettings settings) {
        this.channel = channel;
        this.settings = settings;
        this.writer = new SocketWriter(channel, this::sent);
        this.closing = new ClosingHandshake(channel, writer);
        this.decoder = new StompDecoder(settings.stompLimits(), (SessionFrames) () -> over ? null : session);
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
        return format;
    }

    @Override
    public void speak(StompVersion spoken) {
        format = new StompTcpFormat(spoken);
        decoder.version(spoken);
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
        over = true;
        executor().execute(() -> tellClosed(reason));
        closing.start(Unpooled.EMPTY_BUFFER, reason, this::closeOurSide);
    }

    /** There is no close code over TCP, so an ERROR says it: the connection ends behind it, as behind every ERROR. */
    @Override
    public void close(CloseReason reason, int comeBackMillis) {
        if (!over) {
            StompHeaders headers = StompHeaders.of(
                    "message",
                    reason.text(),
                    "code",
                    SHUTTING_DOWN,
                    CloseReason.COME_BACK,
                    Integer.toString(comeBackMillis));
            ServerFrame error = new ServerFrame(StompCommand.ERROR, headers, NO_BODY);
            ByteBuf bytes = channel.alloc().buffer(format.weight(error));
            format.encode(error, bytes);
            writer.write(bytes);
        }
        close(reason);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(SslHandler.class) == null) {
            open();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                open();
            } else {
                ctx.close();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes) || session == null) {
            ReferenceCountUtil.release(message);
        } else if (over) {
            closing.discarded(bytes.readableBytes());
            bytes.release();
        } else {
            writer.hold();
            session.onActivity();
            decoder.decode(bytes);
        }
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
            over = true;
            tellClosed(CloseReason.CONNECTION_LOST);
        }
        closing.finished();
    }

    /** A reset by the peer, or TLS that is none, is nothing to speak of; anything else is a defect of the server. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            channel.close();
        } else {
            failed(cause);
        }
    }

    private void open() {
        try {
            session = settings.sessions().open(this, new Handshake("", Map.of(), channel.remoteAddress(), "tcp"));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        log.error("A connection is closed because its handling failed", cause);
        close(CloseReason.SERVER_ERROR);
    }

    private void sent() {
        if (!over && session != null && channel.isActive()) {
            session.onSent();
        }
    }

    private void closeOurSide() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        ChannelFuture saidSo = tls == null ? channel.newSucceededFuture() : tls.closeOutbound();
        saidSo.addListener(done -> {
            if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
                var _ = duplex.shutdownOutput();
            }
        });
    }

    /** Not called from within the session or the decoder. */
    private void tellClosed(CloseReason reason) {
        decoder.close();
        if (session != null) {
            session.onClosed(reason);
        }
    }
}
