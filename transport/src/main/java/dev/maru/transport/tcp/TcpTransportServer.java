package dev.maru.transport.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server for STOMP without WebSocket, with TLS or without.
 *
 * <p>Safe for any thread.
 */
public final class TcpTransportServer implements AutoCloseable {
    /** Small, because every connection that is being read has one. */
    private static final int RECEIVE_BUFFER = 4096;

    private final Channel channel;

    private TcpTransportServer(Channel channel) {
        this.channel = channel;
    }

    /**
     * Starts a server, and returns when it listens.
     *
     * @param address where to listen; port 0 for any that is free
     * @param loops for its connections; they must outlive the server
     */
    public static TcpTransportServer start(TcpSettings settings, InetSocketAddress address, TcpLoops loops) {
        return new TcpTransportServer(new ServerBootstrap()
                .group(loops.group())
                .channel(loops.channel())
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER))
                .childHandler(new Connections(settings))
                .bind(address)
                .syncUninterruptibly()
                .channel());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Stops listening. Connections that are open stay: their sessions end them. Idempotent. */
    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }

    /** Safe for any thread. */
    private static final class Connections extends ChannelInitializer<Channel> {
        private final TcpSettings settings;

        private Connections(TcpSettings settings) {
            this.settings = settings;
        }

        @Override
        protected void initChannel(Channel channel) {
            @Nullable Supplier<SslContext> tls = settings.tls();
            if (settings.addresses().admit(channel)) {
                if (tls != null) {
                    channel.pipeline().addLast(tlsHandler(tls.get(), channel));
                }
                channel.pipeline().addLast(new TcpConnection(channel, settings));
            } else if (tls != null) {
                channel.close();
            } else {
                channel.pipeline().addLast(new TcpRefusal());
            }
        }

        private SslHandler tlsHandler(SslContext context, Channel channel) {
            SslHandler handler = context.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(settings.handshakeTimeout().toMillis());
            return handler;
        }
    }
}
