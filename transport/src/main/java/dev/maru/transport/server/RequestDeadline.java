package dev.maru.transport.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that is still an HTTP connection some time after it was accepted: a server that only has
 * WebSockets to offer owes nobody more time than that, however slowly their requests drip in.
 *
 * <p>Confined to its channel's event loop. Leaves the pipeline with the handshake.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    private final Duration timeout;
    private @Nullable Future<?> deadline;

    RequestDeadline(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> ctx.close(), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
