package dev.maru.transport.http;

import dev.maru.engine.session.Handshake;
import dev.maru.transport.websocket.Deflate;
import dev.maru.transport.websocket.MessageCompression;
import dev.maru.transport.websocket.WebSocketConnection;
import dev.maru.transport.websocket.WebSocketProtocol;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A request that becomes a WebSocket: answers it, and takes the pipeline over.
 *
 * <p>Confined to its channel's event loop.
 */
final class Upgrade implements Admission.Entrance {
    private final ChannelHandlerContext ctx;
    private final WebSocketProtocol connection;
    private final @Nullable DeflateOffer offer;
    private final Deflate deflate;
    private final HttpRequest request;
    private final Runnable hostLeaves;

    Upgrade(
            ChannelHandlerContext ctx,
            WebSocketProtocol connection,
            @Nullable MessageCompression compression,
            HttpRequest request,
            Runnable hostLeaves) {
        this.ctx = ctx;
        this.connection = connection;
        this.offer = compression == null ? null : DeflateOffer.firstIn(request);
        this.deflate = offer == null ? Deflate.NONE : new Deflate(compression, offer.takesTheUsualWindow());
        this.request = request;
        this.hostLeaves = hostLeaves;
    }

    @Override
    public String transport() {
        return connection.framing().transport();
    }

    @Override
    public void enter(Handshake known) {
        Channel channel = ctx.channel();
        ctx.writeAndFlush(switchingProtocols());
        WebSocketConnection opened = new WebSocketConnection(channel, connection, known, deflate);
        Admission.takeOver(channel, opened);
        hostLeaves.run();
        opened.open();
    }

    private FullHttpResponse switchingProtocols() {
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        answer.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, HandshakeRules.accept(request));
        String subProtocol = connection.framing().speaksStomp() ? HandshakeRules.subProtocol(request) : null;
        if (subProtocol != null) {
            answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subProtocol);
        }
        if (offer != null) {
            answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, offer.answer());
        }
        return answer;
    }
}
