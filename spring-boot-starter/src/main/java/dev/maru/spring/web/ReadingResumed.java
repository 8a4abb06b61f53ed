package dev.maru.spring.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Lets a connection be read again once a request on it is answered. Reactor Netty stops reading when it takes a request
 * up and goes on when the request has ended. A client that has the whole answer and sends its next request before
 * Reactor Netty is done with the last one can make it stop in the wrong order: then the connection is never read again,
 * and the client waits for ever. It happens where the answer comes from another thread, as that of every asynchronous
 * controller does.
 *
 * <p>Confined to its channel's event loop.
 */
final class ReadingResumed extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean answered = message instanceof LastHttpContent;
        var _ = ctx.write(message, promise);
        if (answered) {
            ctx.channel().config().setAutoRead(true);
        }
    }
}
