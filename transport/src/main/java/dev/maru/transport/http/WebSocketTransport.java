package dev.maru.transport.http;

import dev.maru.transport.sockjs.SockJsFraming;
import dev.maru.transport.sockjs.SockJsPages;
import dev.maru.transport.sockjs.SockJsRequest;
import dev.maru.transport.websocket.ConnectionSettings;
import dev.maru.transport.websocket.PlainFraming;
import dev.maru.transport.websocket.StompFraming;

/**
 * WebSocket and SockJS on an HTTP server: what its connections have in common.
 *
 * <p>Safe for any thread. Each connection of the server gets a {@link #newHandler} of its own.
 */
public final class WebSocketTransport {
    private static final StompFraming PLAIN = new PlainFraming();
    private static final StompFraming SOCK_JS = new SockJsFraming();

    private final TransportSettings settings;
    private final Routes routes;
    private final AddressLimit addresses;
    private final SockJsPages pages = new SockJsPages();
    private volatile boolean accepting = true;

    public WebSocketTransport(TransportSettings settings) {
        this.settings = settings;
        this.routes = new Routes(settings.endpoints());
        this.addresses = new AddressLimit(settings.connectionsPerAddress());
    }

    /** A handler for one new connection; see {@link HttpUpgradeHandler} for where it belongs. */
    public HttpUpgradeHandler newHandler() {
        return new HttpUpgradeHandler(this);
    }

    /** From now on handshakes are answered with 503; connections that are open stay. */
    public void stopAccepting() {
        accepting = false;
    }

    boolean accepting() {
        return accepting;
    }

    TransportSettings settings() {
        return settings;
    }

    Routes routes() {
        return routes;
    }

    /** How many connections each address has; for other transports to count theirs with. */
    public AddressLimit addresses() {
        return addresses;
    }

    SockJsPages pages() {
        return pages;
    }

    ConnectionSettings connection(Route route) {
        return new ConnectionSettings(
                settings.sessions(),
                route.target() == SockJsRequest.WEBSOCKET ? SOCK_JS : PLAIN,
                route.endpoint().stompLimits(),
                route.endpoint().maxFrameBytes());
    }
}
