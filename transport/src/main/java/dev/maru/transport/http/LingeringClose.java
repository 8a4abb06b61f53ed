package dev.maru.transport.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * The end of an HTTP connection whose client may still be sending. A socket that is closed while its input is unread is
 * reset by the kernel, and the reset destroys the answer before the client has read it. So our side is closed, and the
 * rest of the input is read and dropped until the client closes too, for a moment at most (RFC 9112, 9.6).
 *
 * <p>Confined to its channel's event loop.
 */
final class LingeringClose {
    private static final long LINGER_MILLIS = 2_000;

    private LingeringClose() {}

    /** Everything has left. */
    static void begin(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        if (channel instanceof DuplexChannel duplex && ctx.pipeline().get(SslHandler.class) == null) {
            channel.config().setAutoRead(true);
            duplex.shutdownOutput();
            var deadline = channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(closed -> deadline.cancel(false));
        } else {
            channel.close();
        }
    }
}
