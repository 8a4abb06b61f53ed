package dev.maru.conformance;

import dev.maru.stomp.StompLimits;
import dev.maru.transport.conversation.Conversations;
import dev.maru.transport.http.AllowedOrigins;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.sockjs.SockJsSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The services and the names that public suites know them by. Used by the thread that starts the server. */
@Configuration(proxyBeanMethods = false)
class Services {
    private final ConformanceSettings settings;

    Services(ConformanceSettings settings) {
        this.settings = settings;
    }

    @Bean
    WebSocketEndpoint rawEcho() {
        return at("/echo-raw", settings.rawMessageSize(), (peer, handshake) -> new Echo(peer));
    }

    @Bean
    WebSocketEndpoint echo() {
        return sockJs("/echo", sockJsSettings(), (peer, handshake) -> new Echo(peer));
    }

    @Bean
    WebSocketEndpoint close() {
        return sockJs("/close", sockJsSettings(), (peer, handshake) -> new GoAway(peer).now());
    }

    @Bean
    WebSocketEndpoint disabledWebSocketEcho() {
        return sockJs(
                "/disabled_websocket_echo", sockJsSettings().withWebSocket(false), (peer, handshake) -> new Echo(peer));
    }

    @Bean
    WebSocketEndpoint cookieNeededEcho() {
        return sockJs(
                "/cookie_needed_echo", sockJsSettings().withCookieNeeded(true), (peer, handshake) -> new Echo(peer));
    }

    @Bean
    WebSocketEndpoint amplify() {
        return sockJs("/amplify", sockJsSettings(), (peer, handshake) -> new Amplify(peer));
    }

    private WebSocketEndpoint sockJs(String path, SockJsSettings sockJs, Conversations conversations) {
        return at(path, settings.sockJsMessageSize(), conversations).withSockJs(sockJs);
    }

    private static WebSocketEndpoint at(String path, DataSize longest, Conversations conversations) {
        return WebSocketEndpoint.at(path)
                .withOrigins(AllowedOrigins.of("*"))
                .withLimits(StompLimits.DEFAULT, Math.toIntExact(longest.toBytes()))
                .withConversations(conversations);
    }

    private SockJsSettings sockJsSettings() {
        return SockJsSettings.DEFAULT.withLimits(
                Math.toIntExact(settings.sockJsStreamSize().toBytes()), SockJsSettings.DEFAULT.maxSessions());
    }
}
