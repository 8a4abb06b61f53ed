package dev.maru.spring.web;

import dev.maru.transport.http.TrustedProxies;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BiFunction;
import reactor.netty.http.server.ConnectionInfo;

/**
 * Lets the application's own handlers see a request as its client sent it, where a trusted proxy says how that was; and
 * lets none of them see what anybody else says.
 *
 * <p>Immutable; called on event loops.
 */
final class ForwardedConnection implements BiFunction<ConnectionInfo, HttpRequest, ConnectionInfo> {
    private static final List<String> FORWARDED = List.of(
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-ssl");

    private final TrustedProxies proxies;

    ForwardedConnection(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public ConnectionInfo apply(ConnectionInfo connection, HttpRequest request) {
        HttpHeaders headers = request.headers();
        TrustedProxies.Source source = proxies.source(connection.getRemoteAddress(), headers::getAll);
        FORWARDED.forEach(headers::remove);
        ConnectionInfo seen = connection;
        if (source.address() instanceof InetSocketAddress address) {
            seen = seen.withRemoteAddress(address);
        }
        if (source.scheme() != null) {
            seen = seen.withScheme(source.scheme());
        }
        if (source.host() != null) {
            headers.set(HttpHeaderNames.HOST, source.host());
        }
        return seen;
    }
}
