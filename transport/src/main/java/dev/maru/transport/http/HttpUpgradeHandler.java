package dev.maru.transport.http;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.transport.sockjs.SockJsPages;
import dev.maru.transport.sockjs.SockJsRequest;
import dev.maru.transport.sse.SseRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Takes the requests for our endpoints out of a host's HTTP pipeline and lets all others pass untouched. A handshake
 * that succeeds takes the whole pipeline over.
 *
 * <p>Confined to its channel's event loop. Belongs directly behind the {@code HttpServerCodec}, before the channel has
 * read anything; puts a {@link RequestGuard} in front of itself.
 *
 * <p>A request that was pipelined behind one of the host's, while that is unanswered, is the host's too: so answers
 * keep the order of the requests.
 */
public final class HttpUpgradeHandler extends ChannelDuplexHandler {
    private final WebSocketTransport transport;

    private int unansweredByHost;
    private boolean taken;
    private @Nullable ReceiveBuffers receiveBuffers;
    private @Nullable Admission admission;

    HttpUpgradeHandler(WebSocketTransport transport) {
        this.transport = transport;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), null, new RequestGuard(transport.settings()));
        receiveBuffers = new ReceiveBuffers(ctx.channel().config().getRecvByteBufAllocator());
        ctx.channel().config().setRecvByteBufAllocator(receiveBuffers);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            requested(ctx, request);
        }
        if (!taken) {
            ctx.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent && admission != null) {
            admission.start();
        }
    }

    /** Watches the host's answers. Ours do not come through here. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        HttpResponseStatus status = message instanceof HttpResponse response ? response.status() : null;
        boolean interim = status != null && status.codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof LastHttpContent && !interim) {
            unansweredByHost--;
        }
        ctx.write(message, promise);
        if (HttpResponseStatus.SWITCHING_PROTOCOLS.equals(status)) {
            ctx.pipeline().remove(this);
        }
    }

    private void requested(ChannelHandlerContext ctx, HttpRequest request) {
        if (admission != null) {
            ctx.close();
            return;
        }
        Forwarding.read(ctx.channel(), request);
        boolean ours = unansweredByHost == 0;
        String path = Routes.path(request.uri());
        Route route = ours ? transport.routes().find(path) : null;
        SseEndpoint events = ours ? transport.streams().eventsAt(path) : null;
        taken = (route != null && !route.target().overHttp()) || events != null;
        if (route != null && taken) {
            serve(ctx, request, route);
        } else if (events != null) {
            serveEvents(ctx, request, events);
        } else {
            unansweredByHost++;
        }
    }

    private void serve(ChannelHandlerContext ctx, HttpRequest request, Route route) {
        HandshakeDecision.Refuse refusal =
                transport.settings().policy().hostRefusal(request.headers().get(HttpHeaderNames.HOST));
        if (refusal != null && !HandshakeRules.asksForWebSocket(request)) {
            HttpAnswers.send(ctx, request, HttpAnswers.problem(refusal.fault(), refusal.detail()));
            return;
        }
        switch (route.target()) {
            case GREETING -> serveBase(ctx, request, route);
            case INFO -> HttpAnswers.send(ctx, request, info(ctx, request, route));
            case IFRAME -> HttpAnswers.send(ctx, request, iframe(request, route));
            case PLAIN_WEBSOCKET, WEBSOCKET -> serveWebSocket(ctx, request, route);
            default -> HttpAnswers.send(ctx, request, nothingHere());
        }
    }

    private void serveBase(ChannelHandlerContext ctx, HttpRequest request, Route route) {
        if (HandshakeRules.asksForWebSocket(request)) {
            serveWebSocket(ctx, request, route);
        } else if (reads(request)) {
            HttpAnswers.send(ctx, request, transport.pages().greeting());
        } else {
            HttpAnswers.send(ctx, request, HttpAnswers.methodNotAllowed("GET"));
        }
    }

    private FullHttpResponse info(ChannelHandlerContext ctx, HttpRequest request, Route route) {
        if (!originAllowed(ctx, request, route.endpoint().origins())) {
            return forbidden();
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return SockJsPages.preflight(request, "OPTIONS, GET");
        }
        return reads(request)
                ? transport.pages().info(request, route.sockJs())
                : HttpAnswers.methodNotAllowed("OPTIONS, GET");
    }

    private FullHttpResponse iframe(HttpRequest request, Route route) {
        return reads(request) ? transport.pages().iframe(request, route.sockJs()) : HttpAnswers.methodNotAllowed("GET");
    }

    private void serveWebSocket(ChannelHandlerContext ctx, HttpRequest request, Route route) {
        FullHttpResponse refusal = HandshakeRules.check(request, route.target() == SockJsRequest.WEBSOCKET);
        if (!route.webSocket()) {
            HttpAnswers.sendLast(ctx, nothingHere());
        } else if (refusal != null) {
            HttpAnswers.sendLast(ctx, refusal);
        } else if (!originAllowed(ctx, request, route.endpoint().origins())) {
            HttpAnswers.sendLast(ctx, forbidden());
        } else if (!transport.accepting()) {
            HttpAnswers.sendLast(ctx, HttpAnswers.problem(TransportFault.SHUTTING_DOWN, "Shutting down."));
        } else if (!transport.addresses().admit(ctx.channel())) {
            HttpAnswers.sendLast(ctx, tooManyConnections());
        } else {
            Upgrade upgrade =
                    new Upgrade(ctx, transport.connection(route), transport.compression(), request, this::hostLeaves);
            admission = new Admission(ctx, transport.settings(), request, upgrade);
        }
    }

    private void serveEvents(ChannelHandlerContext ctx, HttpRequest request, SseEndpoint endpoint) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (!request.method().equals(HttpMethod.GET) || HttpAnswers.hasBody(request)) {
            HttpAnswers.sendLast(ctx, HttpAnswers.methodNotAllowed("GET"));
        } else if (!originAllowed(ctx, request, endpoint.origins())) {
            HttpAnswers.sendLast(ctx, forbidden());
        } else if (!transport.accepting()) {
            // A browser tries again where a connection breaks, and never again where it is refused.
            ctx.close();
        } else if (!transport.addresses().admit(ctx.channel())) {
            HttpAnswers.sendLast(ctx, tooManyConnections());
        } else {
            admitReader(ctx, request, origin);
        }
    }

    private void admitReader(ChannelHandlerContext ctx, HttpRequest request, @Nullable String origin) {
        try {
            SseRequest asked = SseRequest.of(request.uri(), request.headers());
            SseEntrance entrance = new SseEntrance(ctx, transport.settings(), asked, origin, this::hostLeaves);
            admission = new Admission(ctx, transport.settings(), request, entrance);
        } catch (Refusal refusal) {
            HttpAnswers.sendLast(ctx, HttpAnswers.problem(refusal.fault(), refusal.detail()));
        }
    }

    private void hostLeaves() {
        if (receiveBuffers != null) {
            receiveBuffers.shrink();
        }
    }

    private static boolean originAllowed(ChannelHandlerContext ctx, HttpRequest request, AllowedOrigins origins) {
        return originAllowed(ctx.channel(), request, origins);
    }

    static boolean originAllowed(Channel channel, HttpRequest request, AllowedOrigins origins) {
        HttpHeaders headers = request.headers();
        return origins.allow(
                headers.get(HttpHeaderNames.ORIGIN), Forwarding.scheme(channel), headers.get(HttpHeaderNames.HOST));
    }

    private static boolean reads(HttpRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private static FullHttpResponse tooManyConnections() {
        return HttpAnswers.problem(SessionFault.TOO_MANY_CONNECTIONS, "Too many connections from there.");
    }

    static FullHttpResponse forbidden() {
        return HttpAnswers.problem(TransportFault.ORIGIN_NOT_ALLOWED, "Pages of this origin may not connect.");
    }

    private static FullHttpResponse nothingHere() {
        return HttpAnswers.problem(TransportFault.NOTHING_HERE, "There is nothing here.");
    }
}
