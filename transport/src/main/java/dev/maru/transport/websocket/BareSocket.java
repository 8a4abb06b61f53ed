package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's socket below a channel whose pipeline changes nothing of what is written. Most of what is
 * written is a single buffer that the socket takes at once; asking the socket itself saves the way through pipeline and
 * outbound buffer, which costs a good part of what the system call does.
 *
 * <p>Confined to the channel's event loop.
 */
record BareSocket(Socket socket) {

    /** The socket of this channel; null where it has none that may be written to past the pipeline. */
    static @Nullable BareSocket of(Channel channel) {
        if (!(channel instanceof EpollSocketChannel epoll) || !(epoll.fd() instanceof Socket socket)) {
            return null;
        }
        for (Map.Entry<String, ChannelHandler> handler : channel.pipeline()) {
            if (handler.getValue() instanceof ChannelOutboundHandler) {
                return null;
            }
        }
        return new BareSocket(socket);
    }

    /** Offers the bytes, and returns how many were taken; none if the channel should find out what is wrong. */
    int send(ByteBuf bytes) {
        if (!socket.isOpen() || !bytes.hasMemoryAddress()) {
            return 0;
        }
        try {
            return socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
        } catch (IOException e) {
            return 0;
        }
    }
}
