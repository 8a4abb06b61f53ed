package dev.maru.engine.session;

import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a connection began.
 *
 * @param path the path that was asked for, without the query
 * @param headers of the HTTP request, names in lower case, the first value of each; empty for plain TCP
 * @param remoteAddress the client's address
 * @param transport the kind of connection, for example {@code websocket}
 * @param user whom the request itself proved to be, by a cookie or a token; null if it says nothing of that
 * @param attributes what {@link Session#attributes()} begin with
 */
public record Handshake(
        String path,
        Map<String, String> headers,
        SocketAddress remoteAddress,
        String transport,
        @Nullable SessionUser user,
        Map<String, Object> attributes) {

    /** A request that nobody has attached anything to. */
    public Handshake(
            String path,
            Map<String, String> headers,
            SocketAddress remoteAddress,
            String transport,
            @Nullable SessionUser user) {
        this(path, headers, remoteAddress, transport, user, Map.of());
    }

    /** A request that does not say who sends it. */
    public Handshake(String path, Map<String, String> headers, SocketAddress remoteAddress, String transport) {
        this(path, headers, remoteAddress, transport, null);
    }

    /** The same request once it is known who sends it. */
    public Handshake withUser(@Nullable SessionUser known) {
        return new Handshake(path, headers, remoteAddress, transport, known, attributes);
    }
}
