package dev.maru.spring.socket;

import dev.maru.engine.session.Handshake;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What began a connection, in the terms of Spring and of Java. Stateless; safe for any thread. */
public final class HandshakeView {

    private HandshakeView() {}

    /** The address that was asked for, as far as the request names it. */
    public static URI uri(Handshake handshake) {
        String host = handshake.headers().get("host");
        String query = handshake.query() == null ? "" : "?" + handshake.query();
        try {
            return URI.create((host == null ? "" : "ws://" + host) + handshake.path() + query);
        } catch (IllegalArgumentException notAUri) {
            return URI.create(handshake.path());
        }
    }

    /** The first value of each header; not to be changed. */
    public static HttpHeaders headers(Handshake handshake) {
        HttpHeaders headers = new HttpHeaders();
        handshake.headers().forEach(headers::set);
        return HttpHeaders.readOnlyHttpHeaders(headers);
    }

    /** Where the client is; null if that is no internet address. */
    public static @Nullable InetSocketAddress remoteAddress(Handshake handshake) {
        return handshake.remoteAddress() instanceof InetSocketAddress address ? address : null;
    }
}
