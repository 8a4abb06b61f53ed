package dev.maru.transport.http;

import dev.maru.engine.session.Handshake;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
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
 * One sound request on its way to become a connection of the engine's: asks the policy who may, and either refuses or
 * lets the request's {@link Entrance} go on.
 *
 * <p>Confined to its channel's event loop.
 */
final class Admission {
    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    /** What becomes of a request that is let in. */
    interface Entrance {

        /** The kind of connection that it becomes, for {@link Handshake#transport()}. */
        String transport();

        /** What an {@code Authorization} header would say if the client could send one, or null. */
        default @Nullable String authorization() {
            return null;
        }

        /** Takes the channel over. */
        void enter(Handshake known);
    }

    private final ChannelHandlerContext ctx;
    private final TransportSettings settings;
    private final Entrance entrance;
    private final Handshake handshake;

    private @Nullable Future<?> deadline;
    private boolean decided;

    Admission(ChannelHandlerContext ctx, TransportSettings settings, HttpRequest request, Entrance entrance) {
        this.ctx = ctx;
        this.settings = settings;
        this.entrance = entrance;
        this.handshake = handshake(ctx.channel(), request, entrance.authorization(), entrance.transport());
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
            case HandshakeDecision.Accept accept ->
                entrance.enter(handshake.admitted(accept.user(), accept.attributes()));
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

    /**
     * Gives the whole pipeline to this handler, but for TLS. From the last to the first: what the codec has read ahead
     * must not reach a handler of the host's.
     */
    static void takeOver(Channel channel, ChannelHandler ours) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("maru-connection", ours);
        List<ChannelHandler> handlers = new ArrayList<>(pipeline.toMap().values());
        for (ChannelHandler handler : handlers.reversed()) {
            if (!handler.equals(ours) && !(handler instanceof SslHandler) && pipeline.context(handler) != null) {
                pipeline.remove(handler);
            }
        }
    }

    /** What a request says of itself; behind trusted proxies, of its client. */
    static Handshake handshake(Channel channel, HttpRequest request, @Nullable String authorization, String transport) {
        return new Handshake(
                        Routes.path(request.uri()),
                        headers(request, authorization),
                        Forwarding.address(channel),
                        transport)
                .withQuery(Routes.query(request.uri()));
    }

    private static Map<String, String> headers(HttpRequest request, @Nullable String authorization) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        if (authorization != null) {
            headers.putIfAbsent("authorization", authorization);
        }
        return Map.copyOf(headers);
    }
}
