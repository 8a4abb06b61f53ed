package dev.maru.transport.tcp;

import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Tells a client that its address has its share of connections already, and closes at once: whoever comes that often
 * is owed nothing more.
 *
 * <p>Confined to its channel's event loop.
 */
final class TcpRefusal extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        SessionFault fault = SessionFault.TOO_MANY_CONNECTIONS;
        StompHeaders headers = StompHeaders.of("message", fault.text(), "code", Integer.toString(fault.code()));
        byte[] detail = "too many connections from this address".getBytes(StandardCharsets.UTF_8);
        ServerFrame error = new ServerFrame(StompCommand.ERROR, headers, detail);
        StompTcpFormat format = new StompTcpFormat(StompVersion.V1_0);
        ByteBuf bytes = ctx.alloc().buffer(format.weight(error));
        format.encode(error, bytes);
        ctx.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
