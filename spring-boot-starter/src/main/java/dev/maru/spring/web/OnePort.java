package dev.maru.spring.web;

import dev.maru.transport.http.Forwarding;
import dev.maru.transport.http.TrustedProxies;
import dev.maru.transport.http.WebSocketTransport;
import io.netty.channel.Channel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Lets the engine's clients connect at the port of the application's own web server. Each new connection gets a handler
 * of the transport's right behind the HTTP codec, which takes the requests for our endpoints and leaves all others to
 * WebFlux.
 *
 * <p>Set up by the thread that starts the application; then called on event loops.
 */
final class OnePort implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(OnePort.class);
    private static final String HANDLER = "maru-upgrade";
    private static final String READING = "maru-reading-resumed";

    private final WebSocketTransport transport;
    private final TrustedProxies proxies;
    private final boolean needed;
    private final Duration retryAfter;
    private boolean open;
    private volatile boolean running;

    /**
     * @param needed whether clients must be able to connect
     * @param retryAfter within which time those come back who are refused when the application goes down
     */
    OnePort(WebSocketTransport transport, TrustedProxies proxies, boolean needed, Duration retryAfter) {
        this.transport = transport;
        this.proxies = proxies;
        this.needed = needed;
        this.retryAfter = retryAfter;
    }

    /**
     * @throws IllegalStateException if HTTP/2 is on: with it the codec is chosen long after the connection was set up,
     *     and its WebSockets are not HTTP/1.1 upgrades
     */
    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        if (factory.getHttp2() != null && factory.getHttp2().isEnabled()) {
            throw new IllegalStateException("Maru's endpoints need HTTP/1.1: set server.http2.enabled=false");
        }
        factory.addServerCustomizers(this::addTo);
        factory.addRouteProviders(new SockJsRoute(transport.sockJs()));
        open = true;
    }

    private HttpServer addTo(HttpServer server) {
        HttpServer ours = server.doOnChannelInit((observer, channel, remote) -> addTo(channel));
        // Without proxies of ours, what the application itself configured for forwarded headers stays in force.
        return proxies.isEmpty() ? ours : ours.forwarded(new ForwardedConnection(proxies));
    }

    private void addTo(Channel channel) {
        Forwarding.trust(channel, proxies);
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, READING, new ReadingResumed());
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, HANDLER, transport.newHandler());
    }

    /** @throws IllegalStateException if the application has a web server, and clients cannot connect there */
    @Override
    public void start() {
        if (!open && needed) {
            throw new IllegalStateException("Maru shares the port of a WebFlux application on Netty, and this"
                    + " application has another web server: leave spring-boot-starter-webmvc and other servers out");
        }
        if (!open) {
            LOG.info("No client can connect: this application has no web server");
        }
        running = true;
    }

    /** New clients are sent elsewhere before those that are here are. */
    @Override
    public void stop() {
        running = false;
        transport.stopAccepting(retryAfter);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A transport that has stopped stays so; a pause of the context stops the web server anyway. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
