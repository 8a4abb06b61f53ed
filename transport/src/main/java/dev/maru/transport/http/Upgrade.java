package dev.maru.transport.http;

import dev.maru.engine.session.Handshake;
import dev.maru.transport.websocket.ConnectionSettings;
import dev.maru.transport.websocket.WebSocketConnection;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sound request on its way to become a WebSocket: asks who may, answers, and takes the pipeline over.
 *
 * <p>Confined to its channel's event loop.
 */
final class Upgrade {
    private static final Logger log = LoggerFactory.getLogger(Upgrade.class);

    private final ChannelHandlerContext ctx;
    private final TransportSettings settings;
    private final ConnectionSettings connection;
    private final HttpRequest request;
    private final Handshake handshake;
    private final Runnable hostLeaves;

    private @Nullable Future<?> deadline;
    private boolean decided;

    Upgrade(
            ChannelHandlerContext ctx,
            WebSocketTransport transport,
            Route route,
            HttpRequest request,
            Runnable hostLeaves) {
        this.ctx = ctx;
        this.settings = transport.settings();
        this.connection = transport.connection(route);
        this.request = request;
        this.hostLeaves = hostLeaves;
        this.handshake = new Handshake(
                Routes.path(request.uri()),
                headers(request),
                ctx.channel().remoteAddress(),
                connection.framing().transport());
    }

    /** The whole request is here. */
    void start() {
        decision().whenComplete((decision, error) -> {
            if (ctx.executor().inEventLoop()) {
                decided(decision, error);
            } else {
                ctx.executor().execute(() -> decided(decision, error));
            }
        });
        if (!decided) {
            deadline = ctx.executor()
                    .schedule(this::tooLate, settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private CompletionStage<HandshakeDecision> decision() {
        try {
            return settings.policy().decide(handshake);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void tooLate() {
        decided(unknown("It took too long to find out who you are."), null);
    }

    private void decided(@Nullable HandshakeDecision decision, @Nullable Throwable error) {
        if (decided || !ctx.channel().isActive()) {
            return;
        }
        decided = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        switch (decision) {
            case HandshakeDecision.Accept accept -> accept(handshake.withUser(accept.user()));
            case HandshakeDecision.Refuse refuse -> refuse(refuse);
            case null -> failed(error);
        }
    }

    private void refuse(HandshakeDecision.Refuse refuse) {
        HttpAnswers.sendLast(ctx, HttpAnswers.problem(refuse.fault(), refuse.detail()));
    }

    private void failed(@Nullable Throwable error) {
        log.error("A handshake is refused because its policy failed", error);
        refuse(unknown("It could not be found out who you are."));
    }

    private static HandshakeDecision.Refuse unknown(String detail) {
        return new HandshakeDecision.Refuse(TransportFault.IDENTITY_UNAVAILABLE, detail);
    }

    private void accept(Handshake known) {
        Channel channel = ctx.channel();
        ctx.writeAndFlush(switchingProtocols());
        WebSocketConnection opened = new WebSocketConnection(channel, connection, known);
        channel.pipeline().addLast("maru-websocket", opened);
        removeOthers(channel.pipeline(), opened);
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
        String subProtocol = HandshakeRules.subProtocol(request);
        if (subProtocol != null) {
            answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subProtocol);
        }
        return answer;
    }

    /** From the last to the first: what the codec has read ahead must not reach a handler of the host's. */
    private static void removeOthers(ChannelPipeline pipeline, WebSocketConnection ours) {
        List<ChannelHandler> handlers = new ArrayList<>(pipeline.toMap().values());
        for (ChannelHandler handler : handlers.reversed()) {
            if (handler != ours && !(handler instanceof SslHandler) && pipeline.context(handler) != null) {
                pipeline.remove(handler);
            }
        }
    }

    private static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return Map.copyOf(headers);
    }
}
