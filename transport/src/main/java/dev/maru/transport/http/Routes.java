package dev.maru.transport.http;

import dev.maru.transport.sockjs.SockJsRequest;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint that a path belongs to. A longer base address goes before a shorter one, as long as the rest of
 * the path means something there.
 *
 * <p>Immutable; safe for any thread.
 */
final class Routes {
    private record Base(String path, WebSocketEndpoint endpoint) {}

    private final List<Base> longestFirst;

    Routes(List<WebSocketEndpoint> endpoints) {
        this.longestFirst = endpoints.stream()
                .flatMap(endpoint -> endpoint.paths().stream().map(path -> new Base(path, endpoint)))
                .sorted(Comparator.comparingInt((Base base) -> base.path().length())
                        .reversed())
                .toList();
    }

    /** The path of a request target in origin form, without its query. */
    static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Where this path leads, or null if it is none of ours. */
    @Nullable Route find(String path) {
        Route unknown = null;
        for (Base base : longestFirst) {
            Route route = route(base, path);
            if (route != null && route.target() != SockJsRequest.UNKNOWN) {
                return route;
            }
            unknown = unknown == null ? route : unknown;
        }
        return unknown;
    }

    private static @Nullable Route route(Base base, String path) {
        if (!path.startsWith(base.path())) {
            return null;
        }
        String rest = path.substring(base.path().length());
        if (base.endpoint().sockJs() == null) {
            return rest.isEmpty() ? new Route(base.endpoint(), SockJsRequest.PLAIN_WEBSOCKET) : null;
        }
        boolean under = rest.isEmpty() || rest.startsWith("/");
        return under ? new Route(base.endpoint(), SockJsRequest.of(rest)) : null;
    }
}
