package dev.maru.spring.tcp;

import dev.maru.transport.tcp.TcpLoops;
import dev.maru.transport.tcp.TcpSettings;
import dev.maru.transport.tcp.TcpTransportServer;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.SmartLifecycle;

/**
 * The port for STOMP over TCP, open from the end of the application's start until the beginning of its end.
 *
 * <p>Called by the container, one call at a time; {@link #address()} from any thread.
 */
public final class TcpPort implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TcpPort.class);

    private final @Nullable InetSocketAddress wanted;
    private final TcpSettings settings;
    private final Supplier<TcpLoops> loops;
    private volatile @Nullable TcpTransportServer server;
    private volatile boolean running;

    /**
     * @param wanted where to listen, null for nowhere
     * @param loops asked when the port opens
     */
    TcpPort(@Nullable InetSocketAddress wanted, TcpSettings settings, Supplier<TcpLoops> loops) {
        this.wanted = wanted;
        this.settings = settings;
        this.loops = loops;
    }

    /** Where it listens; null while it does not. */
    public @Nullable InetSocketAddress address() {
        TcpTransportServer open = server;
        return open == null ? null : open.address();
    }

    /** @throws InvalidConfigurationPropertyValueException if nobody can listen there, or somebody does */
    @Override
    public void start() {
        if (wanted != null && server == null) {
            server = open(wanted);
            LOG.info("STOMP over TCP{} at {}", settings.tls() == null ? "" : " with TLS", address());
        }
        running = true;
    }

    /** New clients are sent elsewhere before those that are here are. */
    @Override
    public void stop() {
        running = false;
        TcpTransportServer open = server;
        if (open != null) {
            open.close();
        }
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

    private TcpTransportServer open(InetSocketAddress address) {
        try {
            return TcpTransportServer.start(settings, address, loops.get());
        } catch (Exception e) { // what Netty throws is a checked BindException, undeclared
            throw new InvalidConfigurationPropertyValueException(
                    "maru.stomp.tcp.port",
                    address.getPort(),
                    "Nobody can listen at " + address + ": " + Objects.requireNonNullElse(e.getMessage(), "") + ".");
        }
    }
}
