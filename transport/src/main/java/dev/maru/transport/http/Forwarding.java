package dev.maru.transport.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.SocketAddress;

/**
 * Where the request that a connection is busy with comes from, once the proxies that the connection may come through
 * are known. A proxy sends requests of many clients over one connection, so it is found out for each.
 *
 * <p>Confined to the channel's event loop.
 */
public final class Forwarding {
    private static final AttributeKey<TrustedProxies> PROXIES = AttributeKey.valueOf(Forwarding.class, "proxies");
    private static final AttributeKey<TrustedProxies.Source> SOURCE = AttributeKey.valueOf(Forwarding.class, "source");

    private Forwarding() {}

    /** Believes these proxies about the requests of a new connection. */
    public static void trust(Channel channel, TrustedProxies proxies) {
        channel.attr(PROXIES).set(proxies);
    }

    /** Finds out where a request comes from; from now on its {@code Host} is what its client asked for. */
    static void read(Channel channel, HttpRequest request) {
        TrustedProxies proxies = channel.attr(PROXIES).get();
        if (proxies == null || !proxies.trusts(channel.remoteAddress())) {
            return;
        }
        TrustedProxies.Source source = proxies.source(channel.remoteAddress(), request.headers()::getAll);
        channel.attr(SOURCE).set(source);
        if (source.host() != null) {
            request.headers().set(HttpHeaderNames.HOST, source.host());
        }
    }

    /** The client's address. */
    static SocketAddress address(Channel channel) {
        TrustedProxies.Source source = channel.attr(SOURCE).get();
        return source == null || source.address() == null ? channel.remoteAddress() : source.address();
    }

    /** What the client speaks: {@code http} or {@code https}. */
    static String scheme(Channel channel) {
        TrustedProxies.Source source = channel.attr(SOURCE).get();
        if (source != null && source.scheme() != null) {
            return source.scheme();
        }
        return channel.pipeline().get(SslHandler.class) == null ? "http" : "https";
    }
}
