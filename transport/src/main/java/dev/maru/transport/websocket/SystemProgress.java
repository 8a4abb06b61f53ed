package dev.maru.transport.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;

/**
 * What the operating system does with the bytes that it took. It holds megabytes for a connection and takes more only
 * when a good part of them has left, so a client on a slow line looks from here as if it read nothing for minutes.
 *
 * <p>Stateless; safe for any thread.
 */
public final class SystemProgress {
    private SystemProgress() {}

    /**
     * Whether the system sent any bytes of this connection to its client within this time, which it does only while the
     * client makes room for them or does not answer at all, and then ever more seldom. False where the system does not
     * say.
     */
    public static boolean within(Channel channel, long millis) {
        if (!(channel instanceof EpollSocketChannel socket) || !channel.isOpen()) {
            return false;
        }
        try {
            return Integer.toUnsignedLong(
                            (int) socket.tcpInfo(new EpollTcpInfo()).lastDataSent())
                    < millis;
        } catch (ChannelException e) {
            return false;
        }
    }
}
