package dev.maru.transport.http;

import dev.maru.transport.json.JsonFraming;
import dev.maru.transport.sockjs.SockJsFraming;
import dev.maru.transport.sockjs.SockJsPages;
import dev.maru.transport.sockjs.SockJsRequest;
import dev.maru.transport.websocket.ConnectionSettings;
import dev.maru.transport.websocket.PlainFraming;
import dev.maru.transport.websocket.StompFraming;
import java.util.stream.Stream;

/**
 * The engine's clients on an HTTP server: what their connections have in common.
 *
 * <p>Safe for any thread. Each connection of the server gets a {@link #newHandler} of its own.
 */
public final class WebSocketTransport {
    private static final StompFraming PLAIN = new PlainFraming();
    private static final StompFraming SOCK_JS = new SockJsFraming();
    private static final StompFraming JSON = new JsonFraming();

    private final TransportSettings settings;
    private final StreamEndpoints streams;
    private final Routes routes;
    private final AddressLimit addresses;
    private final SockJsPages pages = new SockJsPages();
    private final SockJsHttp sockJs;
    private volatile boolean accepting = true;

    /** Serves STOMP only. */
    public WebSocketTransport(TransportSettings settings) {
        this(settings, StreamEndpoints.NONE);
    }

    /** Serves STOMP, and what else there is. */
    public WebSocketTransport(TransportSettings settings, StreamEndpoints streams) {
        this.settings = settings;
        this.streams = streams;
        this.routes = new Routes(Stream.concat(settings.endpoints().stream(), streams.json().stream())
                .toList());
        this.addresses = new AddressLimit(settings.connectionsPerAddress());
        this.sockJs = new SockJsHttp(this);
    }

    /** SockJS's HTTP transports, for the HTTP server that carries them. */
    public SockJsHttp sockJs() {
        return sockJs;
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

    StreamEndpoints streams() {
        return streams;
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
                framing(route),
                route.endpoint().stompLimits(),
                route.endpoint().maxFrameBytes());
    }

    private StompFraming framing(Route route) {
        if (streams.json().contains(route.endpoint())) {
            return JSON;
        }
        return route.target() == SockJsRequest.WEBSOCKET ? SOCK_JS : PLAIN;
    }
}
