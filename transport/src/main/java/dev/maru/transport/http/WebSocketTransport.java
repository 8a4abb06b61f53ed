package dev.maru.transport.http;

import dev.maru.transport.conversation.Conversations;
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
import org.jspecify.annotations.Nullable;

/**
 * WebSocket and SockJS on an HTTP server: what its connections have in common.
 *
 * <p>Safe for any thread. Each connection of the server gets a {@link #newHandler} of its own.
 */
public final class WebSocketTransport {
    private static final StompFraming PLAIN = new PlainFraming();
    private static final StompFraming SOCK_JS = new SockJsFraming();
    private static final ConversationFraming WHOLE_MESSAGES = new WholeMessages();
    private static final ConversationFraming SOCK_JS_CONVERSATION = new SockJsConversationFraming();

    private final TransportSettings settings;
    private final Routes routes;
    private final AddressLimit addresses;
    private final SockJsPages pages = new SockJsPages();
    private final @Nullable MessageCompression compression;
    private volatile boolean accepting = true;

    public WebSocketTransport(TransportSettings settings) {
        this.settings = settings;
        this.routes = new Routes(settings.endpoints());
        this.compression = settings.compressionThreshold() == 0
                ? null
                : new MessageCompression(settings.compressionThreshold());
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

    AddressLimit addresses() {
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
        boolean sockJs = route.target() == SockJsRequest.WEBSOCKET;
        Conversations conversations = route.endpoint().conversations();
        if (conversations != null) {
            return new ConversationSettings(
                    conversations,
                    sockJs ? SOCK_JS_CONVERSATION : WHOLE_MESSAGES,
                    route.endpoint().maxFrameBytes());
        }
        return new ConnectionSettings(
                settings.sessions(),
                sockJs ? SOCK_JS : PLAIN,
                route.endpoint().stompLimits(),
                route.endpoint().maxFrameBytes());
    }
}
