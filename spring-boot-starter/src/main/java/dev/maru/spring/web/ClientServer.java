package dev.maru.spring.web;

import dev.maru.transport.http.Forwarding;
import dev.maru.transport.http.TrustedProxies;
import dev.maru.transport.http.WebSocketTransport;
import io.netty.channel.Channel;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * What makes an HTTP server of Reactor Netty's one that the engine's clients can connect to. Each new connection gets a
 * handler of the transport's right behind the HTTP codec, which takes the requests for our endpoints and leaves all
 * others to the server.
 *
 * <p>Set up by the thread that starts the application; then called on event loops.
 */
record ClientServer(WebSocketTransport transport, TrustedProxies proxies) {
    private static final String HANDLER = "maru-upgrade";
    private static final String READING = "maru-reading-resumed";

    HttpServer addTo(HttpServer server) {
        HttpServer ours = server.doOnChannelInit((observer, channel, remote) -> addTo(channel));
        // Without proxies of ours, what the application itself configured for forwarded headers stays in force.
        return proxies.isEmpty() ? ours : ours.forwarded(new ForwardedConnection(proxies));
    }

    SockJsRoute sockJs() {
        return new SockJsRoute(transport.sockJs());
    }

    private void addTo(Channel channel) {
        Forwarding.trust(channel, proxies);
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, READING, new ReadingResumed());
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, HANDLER, transport.newHandler());
    }
}
