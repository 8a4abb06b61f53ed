package dev.maru.spring.configurer;

import dev.maru.transport.sockjs.SockJsSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path at which clients open STOMP connections.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param path begins with a slash
 * @param sockJs how SockJS is served, if the path is a SockJS base URL as well; else null
 * @param allowedOrigins exact origins that pages may come from, and patterns such as {@code https://*.example.org};
 *     {@code *} for any; empty for the server's own only
 */
public record StompEndpoint(String path, @Nullable SockJsSettings sockJs, List<String> allowedOrigins) {

    public StompEndpoint {
        path = normalized(path);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** Without the slash at the end that makes no difference. */
    static String normalized(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("an endpoint's path begins with a slash: " + path);
        }
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
