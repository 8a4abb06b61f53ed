package dev.maru.spring.web;

import dev.maru.spring.failure.WrongSettingException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the engine's clients connect at the port of the application's own web server; see {@link ClientServer}.
 *
 * <p>Set up by the thread that starts the application; then called on event loops.
 */
final class OnePort implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(OnePort.class);

    private final ClientServer clients;
    private final boolean needed;
    private final Duration retryAfter;
    private boolean open;
    private volatile boolean running;

    /**
     * @param needed whether clients must be able to connect
     * @param retryAfter within which time those come back who are refused when the application goes down
     */
    OnePort(ClientServer clients, boolean needed, Duration retryAfter) {
        this.clients = clients;
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
            throw new WrongSettingException("Maru's endpoints need HTTP/1.1", "set server.http2.enabled=false");
        }
        factory.addServerCustomizers(clients::addTo);
        factory.addRouteProviders(clients.sockJs());
        open = true;
    }

    /** @throws IllegalStateException if the application has a web server, and clients cannot connect there */
    @Override
    public void start() {
        if (!open && needed) {
            throw new WrongSettingException(
                    "Maru shares the port of a WebFlux application on Netty, and this application has another web server",
                    "leave other servers out, or give the engine a port of its own with maru.port");
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
        clients.transport().stopAccepting(retryAfter);
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
