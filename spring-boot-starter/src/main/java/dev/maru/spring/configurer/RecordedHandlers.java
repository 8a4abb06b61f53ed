package dev.maru.spring.configurer;

import dev.maru.transport.sockjs.SockJsSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.SockJsServiceRegistration;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistration;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.HttpSessionHandshakeInterceptor;

/**
 * The registry of handlers that configurers see.
 *
 * <p>Confined to the thread that starts the application.
 */
final class RecordedHandlers implements WebSocketHandlerRegistry {
    private final List<Registration> registrations = new ArrayList<>();
    private final SockJsSettings sockJsDefaults;

    RecordedHandlers(SockJsSettings sockJsDefaults) {
        this.sockJsDefaults = sockJsDefaults;
    }

    List<HandlerEndpoint> all() {
        return registrations.stream().flatMap(Registration::endpoints).toList();
    }

    @Override
    public WebSocketHandlerRegistration addHandler(WebSocketHandler handler, String... paths) {
        Registration registration = new Registration();
        registrations.add(registration);
        return registration.addHandler(handler, paths);
    }

    private final class Registration implements WebSocketHandlerRegistration {
        private record At(WebSocketHandler handler, String path) {}

        private final List<At> places = new ArrayList<>();
        private final List<String> origins = new ArrayList<>();
        private final List<HandshakeInterceptor> interceptors = new ArrayList<>();
        private @Nullable RecordedSockJs sockJs;

        Stream<HandlerEndpoint> endpoints() {
            SockJsSettings settings = sockJs == null ? null : sockJs.settings();
            return places.stream().map(at -> new HandlerEndpoint(at.path, at.handler, settings, origins, interceptors));
        }

        @Override
        public WebSocketHandlerRegistration addHandler(WebSocketHandler handler, String... paths) {
            check(handler);
            for (String path : paths) {
                if (path.contains("*") || path.contains("{")) {
                    throw Unsupported.setting("the pattern " + path + " for a handler", "register exact paths");
                }
                places.add(new At(handler, path));
            }
            return this;
        }

        private static void check(WebSocketHandler handler) {
            WebSocketHandler innermost = WebSocketHandlerDecorator.unwrap(handler);
            if (innermost instanceof SubProtocolCapable capable
                    && !capable.getSubProtocols().isEmpty()) {
                throw Unsupported.setting("sub-protocols of a handler", "leave them out, in the page as well");
            }
        }

        @Override
        public WebSocketHandlerRegistration setHandshakeHandler(HandshakeHandler handshakeHandler) {
            throw Unsupported.setting("setHandshakeHandler", "a HandshakePolicy bean says who a client is");
        }

        @Override
        public WebSocketHandlerRegistration addInterceptors(HandshakeInterceptor... added) {
            for (HandshakeInterceptor interceptor : added) {
                if (interceptor instanceof HttpSessionHandshakeInterceptor) {
                    throw Unsupported.setting("HttpSessionHandshakeInterceptor", "there is no servlet session");
                }
                interceptors.add(interceptor);
            }
            return this;
        }

        @Override
        public WebSocketHandlerRegistration setAllowedOrigins(String... allowed) {
            origins.addAll(Arrays.asList(allowed));
            return this;
        }

        @Override
        public WebSocketHandlerRegistration setAllowedOriginPatterns(String... patterns) {
            origins.addAll(Arrays.asList(patterns));
            return this;
        }

        @Override
        public SockJsServiceRegistration withSockJS() {
            RecordedSockJs recorded = new RecordedSockJs(sockJsDefaults);
            sockJs = recorded;
            return recorded;
        }
    }
}
