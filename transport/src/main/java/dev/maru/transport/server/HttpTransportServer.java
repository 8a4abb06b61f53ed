package dev.maru.transport.server;

import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.http.WebSocketTransport;
import dev.maru.transport.websocket.SessionOpener;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server that speaks WebSocket and SockJS at its endpoints and answers everything else with 404. Runs on epoll
 * where the native library is there.
 *
 * <p>Safe for any thread.
 */
public final class HttpTransportServer implements AutoCloseable {
    private static final long QUIET_MILLIS = 0;
    private static final long SHUTDOWN_MILLIS = 5_000;

    private final WebSocketTransport transport;
    private final EventLoopGroup group;
    private final ChannelGroup connections;
    private final Channel channel;

    private HttpTransportServer(
            WebSocketTransport transport, EventLoopGroup group, ChannelGroup connections, Channel channel) {
        this.transport = transport;
        this.group = group;
        this.connections = connections;
        this.channel = channel;
    }

    /**
     * Starts a server with the default settings.
     *
     * @param sessions opens the session of each connection, for example {@code engine::open}
     * @param endpoints where clients connect
     * @param address where to listen; port 0 for any that is free
     */
    public static HttpTransportServer start(
            SessionOpener sessions, List<WebSocketEndpoint> endpoints, InetSocketAddress address) {
        return start(TransportSettings.of(sessions, endpoints.toArray(WebSocketEndpoint[]::new)), address);
    }

    /** Starts a server, and returns when it listens. */
    public static HttpTransportServer start(TransportSettings settings, InetSocketAddress address) {
        return start(new WebSocketTransport(settings), address);
    }

    /** Starts a server for this transport, and returns when it listens. */
    public static HttpTransportServer start(WebSocketTransport transport, InetSocketAddress address) {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        ChannelGroup connections = new DefaultChannelGroup(group.next(), true);
        try {
            Channel channel = new ServerBootstrap()
                    .group(group)
                    .channel(type)
                    .childHandler(new Connections(transport, connections))
                    .bind(address)
                    .syncUninterruptibly()
                    .channel();
            return new HttpTransportServer(transport, group, connections, channel);
        } catch (RuntimeException e) {
            group.shutdownGracefully(QUIET_MILLIS, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
            throw e;
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /**
     * Stops listening and closes every connection that is still open. Who wants clients to be told why closes their
     * sessions first. Idempotent.
     */
    @Override
    public void close() {
        transport.stopAccepting();
        channel.close().syncUninterruptibly();
        // Loops that end close what they still have, but run none of what its handlers leave for later.
        connections.close().awaitUninterruptibly(SHUTDOWN_MILLIS);
        group.shutdownGracefully(QUIET_MILLIS, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
    }

    /** Safe for any thread. */
    private static final class Connections extends ChannelInitializer<Channel> {
        private final WebSocketTransport transport;
        private final ChannelGroup connections;

        private Connections(WebSocketTransport transport, ChannelGroup connections) {
            this.transport = transport;
            this.connections = connections;
        }

        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            channel.pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(transport.newHandler())
                    .addLast(new NothingElse());
        }
    }
}
