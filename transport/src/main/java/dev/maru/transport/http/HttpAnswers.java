package dev.maru.transport.http;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.session.ProblemDocument;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * HTTP responses of the transport's own.
 *
 * <p>Stateless; sending is confined to the channel's event loop.
 */
final class HttpAnswers {
    static final String EVENT_STREAM = "text/event-stream";

    private HttpAnswers() {}

    /** A fault as a problem document (RFC 9457). */
    static FullHttpResponse problem(Fault fault, String detail) {
        ByteBuf body = Unpooled.wrappedBuffer(ProblemDocument.render(fault, detail));
        return of(HttpResponseStatus.valueOf(fault.httpStatus()), ProblemDocument.CONTENT_TYPE, body);
    }

    /** The server is shutting down; come back in a few seconds, not all in the same one. */
    static FullHttpResponse shuttingDown(int seconds) {
        FullHttpResponse answer = problem(TransportFault.SHUTTING_DOWN, "The server is shutting down; come back soon.");
        answer.headers().set(HttpHeaderNames.RETRY_AFTER, seconds);
        return answer;
    }

    /** A stream of events that ends at once and asks its reader to come back after so many milliseconds. */
    static FullHttpResponse eventsLater(int millis, @Nullable String origin) {
        ByteBuf body =
                ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, "retry: " + millis + "\n: server-shutdown\n\n");
        FullHttpResponse answer = of(HttpResponseStatus.OK, EVENT_STREAM, body);
        answer.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        if (origin != null) {
            answer.headers()
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        return answer;
    }

    /** A status with its reason in words, where SockJS prescribes the words. */
    static FullHttpResponse text(HttpResponseStatus status, String reason) {
        ByteBuf body = ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, reason + "\n");
        return of(status, "text/plain; charset=UTF-8", body);
    }

    /** 405, without a body as SockJS's clients expect it. */
    static FullHttpResponse methodNotAllowed(String allowed) {
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.METHOD_NOT_ALLOWED, Unpooled.EMPTY_BUFFER);
        answer.headers().set(HttpHeaderNames.ALLOW, allowed).set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return answer;
    }

    /** Sends an answer after which the connection goes on if the request wants it to. */
    static void send(ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse answer) {
        if (HttpUtil.isKeepAlive(request) && !hasBody(request)) {
            HttpUtil.setKeepAlive(answer, true);
            ctx.writeAndFlush(answer);
            readOn(ctx);
        } else {
            sendLast(ctx, answer);
        }
    }

    /** Sends an answer and ends the connection; what else the client sends is dropped. */
    static void sendLast(ChannelHandlerContext ctx, FullHttpResponse answer) {
        ctx.pipeline().get(RequestGuard.class).sendLast(answer);
    }

    static boolean hasBody(HttpRequest request) {
        return HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
    }

    private static FullHttpResponse of(HttpResponseStatus status, String type, ByteBuf body) {
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return answer;
    }

    /** A host that reads on demand has not seen the request, so it will not ask for the next one. */
    private static void readOn(ChannelHandlerContext ctx) {
        if (!ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
    }
}
