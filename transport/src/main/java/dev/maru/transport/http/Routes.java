package dev.maru.transport.http;

import dev.maru.transport.sockjs.SockJsRequest;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint that a path belongs to. A longer base address goes before a shorter one, as long as the rest of
 * the path means something there. Then come paths with variables, in their order.
 *
 * <p>Immutable; safe for any thread.
 */
final class Routes {
    private record Base(String path, WebSocketEndpoint endpoint) {}

    private record Template(Pattern pattern, WebSocketEndpoint endpoint) {}

    private static final Pattern VARIABLE = Pattern.compile("\\{[^/{}]+}");

    private final List<Base> longestFirst;
    private final List<Template> templates;

    Routes(List<WebSocketEndpoint> endpoints) {
        this.longestFirst = endpoints.stream()
                .flatMap(endpoint -> endpoint.paths().stream().map(path -> new Base(path, endpoint)))
                .filter(base -> !base.path().contains("{"))
                .sorted(Comparator.comparingInt((Base base) -> base.path().length())
                        .reversed())
                .toList();
        this.templates = endpoints.stream()
                .flatMap(endpoint -> endpoint.paths().stream()
                        .filter(path -> path.contains("{"))
                        .map(path -> new Template(pattern(path), endpoint)))
                .toList();
    }

    /** A variable stands for any characters of one segment. */
    private static Pattern pattern(String template) {
        String literals = VARIABLE.splitAsStream(template).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
        return Pattern.compile(template.endsWith("}") ? literals + "[^/]+" : literals);
    }

    /** The path of a request target in origin form, without its query. */
    static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** The query of a request target in origin form, or null if it has none. */
    static @Nullable String query(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? null : uri.substring(query + 1);
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
        Route byTemplate = templates.isEmpty() ? null : findTemplate(path);
        return byTemplate == null ? unknown : byTemplate;
    }

    private @Nullable Route findTemplate(String path) {
        return templates.stream()
                .filter(template -> template.pattern().matcher(path).matches())
                .findFirst()
                .map(template -> new Route(template.endpoint(), SockJsRequest.PLAIN_WEBSOCKET))
                .orElse(null);
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
