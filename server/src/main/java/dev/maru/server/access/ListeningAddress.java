package dev.maru.server.access;

import java.net.InetAddress;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.core.Ordered;

/**
 * Keeps the server on this computer's own address as long as nobody opened it on purpose, whatever
 * {@code server.address} says.
 *
 * <p>Immutable; used by the thread that starts the server.
 */
final class ListeningAddress implements WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory>, Ordered {
    private final AccessMode mode;

    ListeningAddress(AccessMode mode) {
        this.mode = mode;
    }

    @Override
    public void customize(ConfigurableReactiveWebServerFactory factory) {
        if (mode == AccessMode.THIS_COMPUTER) {
            factory.setAddress(InetAddress.getLoopbackAddress());
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
