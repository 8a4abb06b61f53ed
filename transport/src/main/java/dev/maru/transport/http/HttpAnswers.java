package dev.maru.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Plain HTTP responses.
 *
 * <p>Stateless; sending is confined to the channel's event loop.
 */
final class HttpAnswers {
    private HttpAnswers() {}

    /** A status with its reason in words. */
    static FullHttpResponse of(HttpResponseStatus status, String reason) {
        ByteBuf body = ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, reason + "\n");
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return answer;
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
        boolean goOn = HttpUtil.isKeepAlive(request) && !hasBody(request);
        HttpUtil.setKeepAlive(answer, goOn);
        ChannelFuture sent = ctx.writeAndFlush(answer);
        if (goOn) {
            readOn(ctx);
        } else {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Sends an answer and closes the connection. */
    static void sendLast(ChannelHandlerContext ctx, FullHttpResponse answer) {
        HttpUtil.setKeepAlive(answer, false);
        ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    static boolean hasBody(HttpRequest request) {
        return HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
    }

    /** A host that reads on demand has not seen the request, so it will not ask for the next one. */
    private static void readOn(ChannelHandlerContext ctx) {
        if (!ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
    }
}
