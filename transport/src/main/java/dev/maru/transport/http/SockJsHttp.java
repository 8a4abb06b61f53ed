package dev.maru.transport.http;

import dev.maru.transport.sockjs.SockJsApplications;
import dev.maru.transport.sockjs.SockJsHeaders;
import dev.maru.transport.sockjs.SockJsPages;
import dev.maru.transport.sockjs.SockJsSessions;
import dev.maru.transport.sockjs.SockJsSettings;
import dev.maru.transport.sockjs.SockJsTransport;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * SockJS's HTTP transports, on whatever HTTP server hands its requests over: looks at each request alone, before any
 * session is asked.
 *
 * <p>Safe for any thread; each request is served on its own event loop.
 */
public final class SockJsHttp {
    private final WebSocketTransport transport;
    private final Map<WebSocketEndpoint, SockJsSessions> sessions = new HashMap<>();

    SockJsHttp(WebSocketTransport transport) {
        this.transport = transport;
        for (WebSocketEndpoint endpoint : transport.settings().endpoints()) {
            SockJsSettings settings = endpoint.sockJs();
            if (settings != null) {
                sessions.put(endpoint, new SockJsSessions(settings, applications(endpoint)));
            }
        }
    }

    /** Whether this request target is for an HTTP transport of one of our endpoints. */
    public boolean serves(String uri) {
        Route route = transport.routes().find(Routes.path(uri));
        return route != null && route.target().overHttp();
    }

    /** Serves a request whose target {@link #serves} it. */
    public void serve(SockJsExchange exchange) {
        HttpRequest request = exchange.request();
        Route route = Objects.requireNonNull(transport.routes().find(Routes.path(request.uri())));
        SockJsTransport receives = route.target().receives();
        HttpMethod method = receives == null ? HttpMethod.POST : HttpMethod.valueOf(receives.method());
        Forwarding.read(exchange.channel(), request);
        if (!HttpUpgradeHandler.originAllowed(
                exchange.channel(), request, route.endpoint().origins())) {
            exchange.answer(HttpUpgradeHandler.forbidden());
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            exchange.answer(SockJsPages.preflight(request, "OPTIONS, " + method));
        } else if (!request.method().equals(method)) {
            exchange.answer(HttpAnswers.methodNotAllowed("OPTIONS, " + method));
        } else {
            new SockJsVisit(transport, route, exchange, sessions(route)).start();
        }
    }

    /** How many sessions there are at all endpoints. */
    public int size() {
        return sessions.values().stream().mapToInt(SockJsSessions::size).sum();
    }

    /** How many sessions were closed whose clients will hear of it when they ask the next time. */
    int owingFarewells() {
        return sessions.values().stream()
                .mapToInt(SockJsSessions::owingFarewells)
                .sum();
    }

    /** Adds what every response to a request of this kind has. */
    static void dress(HttpHeaders response, HttpRequest request, Route route) {
        SockJsHeaders.neverCached(response);
        SockJsHeaders.shareWithOrigin(request.headers(), response);
        if (route.sockJs().cookieNeeded()) {
            SockJsHeaders.keepCookie(request.headers(), response);
        }
    }

    private SockJsSessions sessions(Route route) {
        return Objects.requireNonNull(sessions.get(route.endpoint()));
    }

    private SockJsApplications applications(WebSocketEndpoint endpoint) {
        return endpoint.conversations() == null
                ? SockJsApplications.stomp(transport.settings().sessions(), endpoint.stompLimits())
                : SockJsApplications.of(endpoint.conversations());
    }
}
