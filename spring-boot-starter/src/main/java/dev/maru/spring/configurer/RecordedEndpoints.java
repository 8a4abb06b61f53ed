package dev.maru.spring.configurer;

import dev.maru.transport.sockjs.SockJsSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.config.annotation.SockJsServiceRegistration;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.StompWebSocketEndpointRegistration;
import org.springframework.web.socket.config.annotation.WebMvcStompEndpointRegistry;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UrlPathHelper;

/**
 * The registry of endpoints that configurers see.
 *
 * <p>Confined to the thread that starts the application.
 */
final class RecordedEndpoints implements StompEndpointRegistry {
    private final List<Registration> registrations = new ArrayList<>();
    private final SockJsSettings sockJsDefaults;

    RecordedEndpoints(SockJsSettings sockJsDefaults) {
        this.sockJsDefaults = sockJsDefaults;
    }

    List<StompEndpoint> all() {
        return registrations.stream().flatMap(Registration::endpoints).toList();
    }

    @Override
    public StompWebSocketEndpointRegistration addEndpoint(String... paths) {
        Registration registration = new Registration(List.of(paths), sockJsDefaults);
        registrations.add(registration);
        return registration;
    }

    /** Upgrades are taken before any handler is asked, so there is no order among them. */
    @Override
    public void setOrder(int order) {}

    @Override
    @Deprecated(since = "7.0", forRemoval = true)
    @SuppressWarnings("removal")
    public void setUrlPathHelper(UrlPathHelper urlPathHelper) {
        throw Unsupported.setting("setUrlPathHelper", "endpoints are exact paths");
    }

    @Override
    public WebMvcStompEndpointRegistry setErrorHandler(StompSubProtocolErrorHandler errorHandler) {
        throw Unsupported.setting("setErrorHandler", "throw a Refusal, or use @MessageExceptionHandler");
    }

    @Override
    public WebMvcStompEndpointRegistry setPreserveReceiveOrder(boolean preserveReceiveOrder) {
        throw Unsupported.setting("setPreserveReceiveOrder", "leave it out: the order is always kept");
    }

    private static final class Registration implements StompWebSocketEndpointRegistration {
        private final List<String> paths;
        private final SockJsSettings sockJsDefaults;
        private final List<String> origins = new ArrayList<>();
        private @Nullable RecordedSockJs sockJs;

        Registration(List<String> paths, SockJsSettings sockJsDefaults) {
            this.paths = paths;
            this.sockJsDefaults = sockJsDefaults;
        }

        Stream<StompEndpoint> endpoints() {
            SockJsSettings settings = sockJs == null ? null : sockJs.settings();
            return paths.stream().map(path -> new StompEndpoint(path, settings, origins));
        }

        @Override
        public SockJsServiceRegistration withSockJS() {
            RecordedSockJs recorded = new RecordedSockJs(sockJsDefaults);
            sockJs = recorded;
            return recorded;
        }

        @Override
        public StompWebSocketEndpointRegistration setHandshakeHandler(HandshakeHandler handshakeHandler) {
            throw Unsupported.setting("setHandshakeHandler", "an Authenticator bean says who a client is");
        }

        @Override
        public StompWebSocketEndpointRegistration addInterceptors(HandshakeInterceptor... interceptors) {
            throw Unsupported.setting("handshake interceptors", "an Authenticator bean sees the handshake's headers");
        }

        @Override
        public StompWebSocketEndpointRegistration setAllowedOrigins(String... allowed) {
            return allow(allowed);
        }

        @Override
        public StompWebSocketEndpointRegistration setAllowedOriginPatterns(String... patterns) {
            return allow(patterns);
        }

        private StompWebSocketEndpointRegistration allow(String... allowed) {
            origins.addAll(Arrays.asList(allowed));
            return this;
        }
    }
}
