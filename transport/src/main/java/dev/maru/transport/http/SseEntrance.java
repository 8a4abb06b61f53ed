package dev.maru.transport.http;

import dev.maru.engine.session.Handshake;
import dev.maru.transport.sse.SseConnection;
import dev.maru.transport.sse.SseRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * A request that becomes a stream of events, and takes the pipeline over.
 *
 * <p>Confined to its channel's event loop.
 *
 * @param request what is asked for
 * @param origin of a page that may read the answer, or null
 * @param hostLeaves runs when the host's handlers have gone
 */
record SseEntrance(
        ChannelHandlerContext ctx,
        TransportSettings settings,
        SseRequest request,
        @Nullable String origin,
        Runnable hostLeaves)
        implements Admission.Entrance {

    @Override
    public String transport() {
        return "sse";
    }

    /** A browser's event stream has no headers of its own, so a ticket in the address stands for one. */
    @Override
    public @Nullable String authorization() {
        return request.ticket() == null ? null : "Ticket " + request.ticket();
    }

    @Override
    public void enter(Handshake known) {
        Channel channel = ctx.channel();
        SseConnection opened = new SseConnection(channel, settings.sessions(), origin, settings.stallTimeout());
        Admission.takeOver(channel, opened);
        hostLeaves.run();
        opened.open(known, request);
    }
}
