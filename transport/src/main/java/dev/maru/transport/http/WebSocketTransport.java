package dev.maru.transport.http;

import dev.maru.transport.conversation.Conversations;
import dev.maru.transport.json.JsonFraming;
import dev.maru.transport.sockjs.SockJsConversationFraming;
import dev.maru.transport.sockjs.SockJsFraming;
import dev.maru.transport.sockjs.SockJsPages;
import dev.maru.transport.sockjs.SockJsRequest;
import dev.maru.transport.websocket.ConnectionSettings;
import dev.maru.transport.websocket.ConversationFraming;
import dev.maru.transport.websocket.ConversationSettings;
import dev.maru.transport.websocket.MessageCompression;
import dev.maru.transport.websocket.PlainFraming;
import dev.maru.transport.websocket.StompFraming;
import dev.maru.transport.websocket.WebSocketProtocol;
import dev.maru.transport.websocket.WholeMessages;
import io.netty.handler.codec.http.FullHttpResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine's clients on an HTTP server: what their connections have in common.
 *
 * <p>Safe for any thread. Each connection of the server gets a {@link #newHandler} of its own.
 */
public final class WebSocketTransport {
    /** Within which time those whom a server that shuts down refuses are asked to come back. */
    public static final Duration RETRY_WITHIN = Duration.ofSeconds(5);

    private static final StompFraming PLAIN = new PlainFraming();
    private static final StompFraming SOCK_JS = new SockJsFraming();
    private static final StompFraming JSON = new JsonFraming();
    private static final ConversationFraming WHOLE_MESSAGES = new WholeMessages();
    private static final ConversationFraming SOCK_JS_CONVERSATION = new SockJsConversationFraming();

    private final TransportSettings settings;
    private final StreamEndpoints streams;
    private final Routes routes;
    private final AddressLimit addresses;
    private final SockJsPages pages = new SockJsPages();
    private final SockJsHttp sockJs;
    private final @Nullable MessageCompression compression;
    private volatile boolean accepting = true;
    private volatile Duration retryWithin = RETRY_WITHIN;

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
        this.compression =
                settings.compressionThreshold() == 0 ? null : new MessageCompression(settings.compressionThreshold());
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

    /**
     * From now on whoever wants to connect is answered with 503 and asked to come back within {@link #RETRY_WITHIN};
     * connections that are open stay.
     */
    public void stopAccepting() {
        stopAccepting(RETRY_WITHIN);
    }

    /** The same with another time, within which they all are asked to come back, each after a random part of it. */
    public void stopAccepting(Duration comeBackWithin) {
        retryWithin = comeBackWithin;
        accepting = false;
    }

    /**
     * How many clients have something to hear yet: connections that are not closed, those over TCP that are counted with
     * these among them, and SockJS sessions that were closed while their clients did not wait for anything.
     */
    public int present() {
        return addresses.open() + sockJs.owingFarewells();
    }

    /** What whoever wants to connect is answered now. */
    FullHttpResponse shuttingDown() {
        return HttpAnswers.shuttingDown(1 + ThreadLocalRandom.current().nextInt(retrySeconds()));
    }

    /** As {@link #shuttingDown} in milliseconds, for those who are told in a better way. */
    int comeBackMillis() {
        return 1 + ThreadLocalRandom.current().nextInt(1000 * retrySeconds());
    }

    private int retrySeconds() {
        return Math.clamp(retryWithin.toSeconds(), 1, 3600);
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

    /** Compresses messages for all connections that agree to it; null if nobody's are. */
    @Nullable MessageCompression compression() {
        return compression;
    }

    WebSocketProtocol connection(Route route) {
        Conversations conversations = route.endpoint().conversations();
        if (conversations != null) {
            return new ConversationSettings(
                    conversations,
                    route.target() == SockJsRequest.WEBSOCKET ? SOCK_JS_CONVERSATION : WHOLE_MESSAGES,
                    route.endpoint().maxFrameBytes());
        }
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
