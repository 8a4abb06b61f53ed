package dev.maru.engine.session;

import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a connection began.
 *
 * @param path the path that was asked for, without the query
 * @param query what follows the path's question mark, as it was sent; null if nothing does
 * @param headers of the HTTP request, names in lower case, the first value of each; empty for plain TCP
 * @param remoteAddress the client's address
 * @param transport the kind of connection, for example {@code websocket}
 * @param user whom the request itself proved to be, by a cookie or a token; null if it says nothing of that
 * @param attributes what {@link Session#attributes()} begin with, noted by those who let it in; opaque here
 */
public record Handshake(
        String path,
        @Nullable String query,
        Map<String, String> headers,
        SocketAddress remoteAddress,
        String transport,
        @Nullable SessionUser user,
        Map<String, Object> attributes) {

    /** A request that does not say who sends it. */
    public Handshake(String path, Map<String, String> headers, SocketAddress remoteAddress, String transport) {
        this(path, null, headers, remoteAddress, transport, null, Map.of());
    }

    /** The same request with this query. */
    public Handshake withQuery(@Nullable String sent) {
        return new Handshake(path, sent, headers, remoteAddress, transport, user, attributes);
    }

    /** The same request once it is known who sends it. */
    public Handshake withUser(@Nullable SessionUser known) {
        return admitted(known, attributes);
    }

    /** The same request once it was let in. */
    public Handshake admitted(@Nullable SessionUser known, Map<String, Object> noted) {
        return new Handshake(path, query, headers, remoteAddress, transport, known, noted);
    }
}
