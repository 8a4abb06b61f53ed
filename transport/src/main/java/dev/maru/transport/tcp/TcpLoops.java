package dev.maru.transport.tcp;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * The event loops that connections live on. Where there are loops already, for WebSocket, sharing them spares a
 * hand-over for each message.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param group the loops; whoever made them ends them
 * @param channel the kind of server channel that fits them
 */
public record TcpLoops(EventLoopGroup group, Class<? extends ServerChannel> channel) {

    /** New loops: on epoll where the native library is there. */
    public static TcpLoops start() {
        return Epoll.isAvailable()
                ? new TcpLoops(
                        new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory()), EpollServerSocketChannel.class)
                : new TcpLoops(
                        new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory()), NioServerSocketChannel.class);
    }
}
