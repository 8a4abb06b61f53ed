package dev.maru.spring.web;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.SmartLifecycle;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * A port for the engine's clients beside that of the application's web server, or without one; open from the end of the
 * application's start until the beginning of its end. Whatever is not for one of the endpoints is answered with 404.
 *
 * <p>Called by the container, one call at a time; {@link #address()} from any thread.
 */
public final class OwnPort implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPort.class);

    private final InetSocketAddress wanted;
    private final @Nullable TlsBundle tls;
    private final ClientServer clients;
    private final Duration retryAfter;
    private final LoopResources loops = LoopResources.create("maru-port");
    private volatile @Nullable DisposableServer server;
    private volatile boolean running;

    /** @param retryAfter within which time those come back who are refused when the application goes down */
    OwnPort(InetSocketAddress wanted, @Nullable TlsBundle tls, ClientServer clients, Duration retryAfter) {
        this.wanted = wanted;
        this.tls = tls;
        this.clients = clients;
        this.retryAfter = retryAfter;
    }

    /** Where it listens; null before it does. */
    public @Nullable InetSocketAddress address() {
        DisposableServer open = server;
        return open == null ? null : (InetSocketAddress) open.address();
    }

    /** @throws InvalidConfigurationPropertyValueException if nobody can listen there, or somebody does */
    @Override
    public void start() {
        try {
            server = secured(clients.addTo(HttpServer.create().runOn(loops).bindAddress(() -> wanted)))
                    .route(routes -> clients.sockJs().apply(routes))
                    .bindNow();
        } catch (ChannelBindException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "maru.port",
                    wanted.getPort(),
                    "Nobody can listen at " + wanted + ": " + Objects.requireNonNullElse(e.getMessage(), "") + ".");
        }
        LOG.info("Clients connect at {}", address());
        running = true;
    }

    private HttpServer secured(HttpServer plain) {
        return tls == null ? plain : plain.secure(spec -> spec.sslContext(tls.get()));
    }

    /** New clients are sent elsewhere before those that are here are. */
    @Override
    public void stop() {
        running = false;
        clients.transport().stopAccepting(retryAfter);
    }

    /** Closes the port, when everybody has been sent away. */
    void close() {
        DisposableServer open = server;
        if (open != null) {
            open.disposeNow(Duration.ofSeconds(3));
        }
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(3)).block(Duration.ofSeconds(5));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The engine behind it does not start again either. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
