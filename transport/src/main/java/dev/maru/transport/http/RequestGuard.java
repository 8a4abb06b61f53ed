package dev.maru.transport.http;

import dev.maru.engine.fault.Refusal;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the HTTP codec and everybody who takes requests. What is no request, or does not arrive in time, is
 * answered here, with a problem document, and nobody behind hears of it.
 *
 * <p>Confined to its channel's event loop. Leaves with the handshake, or when the host switches protocols.
 */
final class RequestGuard extends ChannelDuplexHandler {
    private final TransportSettings settings;

    private @Nullable ChannelHandlerContext context;
    private @Nullable RequestDeadline deadline;
    private @Nullable Refusal waiting;
    private int unanswered;
    private boolean reading;
    private boolean answering;
    private boolean deaf;
    private boolean mute;
    private final Arrivals arrivals = new Arrivals();
    private final StallGuard stalls;

    RequestGuard(TransportSettings settings) {
        this.settings = settings;
        this.stalls = new StallGuard(settings.stallTimeout());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        deadline = new RequestDeadline(ctx.executor(), this::tooLate);
        deadline.in(settings.handshakeTimeout());
        ctx.pipeline().addBefore(ctx.pipeline().context(HttpServerCodec.class).name(), null, arrivals);
        ctx.pipeline().addBefore(ctx.pipeline().context(arrivals).name(), null, stalls);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        deadline().cancel();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Refusal refusal = deaf || !(message instanceof HttpObject part) ? null : RequestRules.refusal(part);
        if (refusal != null) {
            refuse(refusal, message instanceof HttpRequest);
        }
        if (deaf) {
            ReferenceCountUtil.release(message);
            return;
        }
        arrivals.seen = false;
        if (message instanceof HttpRequest) {
            unanswered++;
            reading = true;
            deadline().in(settings.requestTimeout());
        }
        if (message instanceof LastHttpContent) {
            read();
        }
        ctx.fireChannelRead(message);
    }

    /** Bytes that made no message are the beginning of a head. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (arrivals.seen && unanswered == 0 && !reading && !deaf) {
            deadline().atLatestIn(settings.handshakeTimeout());
        }
        arrivals.seen = false;
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (mute) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            return;
        }
        HttpResponseStatus status = message instanceof HttpResponse response ? response.status() : null;
        boolean interim = status != null && status.codeClass() == HttpStatusClass.INFORMATIONAL;
        boolean end = message instanceof LastHttpContent && !interim;
        answering = !end && (answering || (status != null && !interim));
        ctx.write(message, promise);
        if (HttpResponseStatus.SWITCHING_PROTOCOLS.equals(status)) {
            ctx.pipeline().remove(arrivals);
            ctx.pipeline().remove(stalls);
            ctx.pipeline().remove(this);
        } else if (end) {
            answered();
        }
    }

    /** Sends an answer and ends the connection. */
    void sendLast(FullHttpResponse answer) {
        deaf = true;
        mute = true;
        HttpUtil.setKeepAlive(answer, false);
        context().writeAndFlush(answer).addListener(sent -> LingeringClose.begin(context()));
    }

    private void read() {
        reading = false;
        if (unanswered == 0) {
            deadline().in(settings.requestTimeout());
        } else {
            deadline().none();
        }
    }

    private void answered() {
        unanswered--;
        if (waiting != null && unanswered == 0) {
            sendLast(HttpAnswers.problem(waiting.fault(), waiting.detail()));
        } else if (unanswered == 0 && !reading) {
            deadline().in(settings.requestTimeout());
        }
    }

    /**
     * Answers when everything before it is answered. If the end of a request is broken whose answer has begun there is
     * nothing left to say.
     */
    private void refuse(Refusal refusal, boolean instead) {
        deaf = true;
        int before = instead ? unanswered : unanswered - 1;
        if (before == 0 && !answering) {
            sendLast(HttpAnswers.problem(refusal.fault(), refusal.detail()));
        } else if (instead) {
            waiting = refusal;
        } else {
            context().close();
        }
    }

    /** A connection on which nothing came is closed without a word. */
    private void tooLate(boolean begun) {
        if (begun || reading) {
            refuse(new Refusal(TransportFault.REQUEST_TIMEOUT, "The request did not arrive in time."), !reading);
        } else {
            context().close();
        }
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    private RequestDeadline deadline() {
        return Objects.requireNonNull(deadline);
    }

    /** In front of the codec: knows whether bytes came that made no message yet. */
    private static final class Arrivals extends ChannelInboundHandlerAdapter {
        private boolean seen;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            seen = true;
            ctx.fireChannelRead(message);
        }
    }
}
