package dev.maru.transport.http;

import dev.maru.transport.websocket.SocketWriter;
import dev.maru.transport.websocket.StallWatch;
import dev.maru.transport.websocket.SystemProgress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client takes nothing of an answer any more. HTTP has no sign of life of its own, so an
 * answer that nobody reads would wait in memory for ever, and the client could ask for the next on another connection.
 *
 * <p>Confined to its channel's event loop. Stands in front of the HTTP codec, and leaves with it. It looks now and then
 * while something waits, instead of having a timer for each answer.
 */
final class StallGuard extends ChannelOutboundHandlerAdapter {
    private final long patienceMillis;
    private final StallWatch watch = new StallWatch();
    private @Nullable Future<?> timer;

    /** Closes after this long without progress, or twice as long at most. */
    StallGuard(Duration patience) {
        this.patienceMillis = patience.toMillis();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        watch.written(size(message));
        ctx.write(message, promise);
        if (timer == null) {
            lookLater(ctx);
        }
    }

    private void look(ChannelHandlerContext ctx) {
        timer = null;
        long unsent = SocketWriter.unsentBytes(ctx.channel(), 0);
        if (watch.stalled(unsent) && !SystemProgress.within(ctx.channel(), patienceMillis)) {
            ctx.close();
        } else if (unsent > 0) {
            lookLater(ctx);
        }
    }

    private void lookLater(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> look(ctx), patienceMillis, TimeUnit.MILLISECONDS);
    }

    private static long size(Object message) {
        return switch (message) {
            case ByteBuf bytes -> bytes.readableBytes();
            case FileRegion file -> file.count();
            default -> 0;
        };
    }
}
