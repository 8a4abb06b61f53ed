package dev.maru.spring.web;

import dev.maru.transport.http.SockJsHttp;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Takes the requests of SockJS's HTTP transports out of what WebFlux gets. Like WebSocket upgrades they do not pass
 * through the application's filters: who may connect is the business of its {@code HandshakePolicy}.
 *
 * <p>Called on the event loops of requests.
 */
public final class SockJsRoute implements NettyRouteProvider {
    private final SockJsHttp sockJs;

    public SockJsRoute(SockJsHttp sockJs) {
        this.sockJs = sockJs;
    }

    /** Adds the route. It comes before WebFlux. */
    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(request -> sockJs.serves(request.uri()), this::serve);
    }

    private Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        ReactorExchange exchange = new ReactorExchange(request, response);
        sockJs.serve(exchange);
        return exchange.response();
    }
}
