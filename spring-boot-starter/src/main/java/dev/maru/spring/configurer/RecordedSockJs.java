package dev.maru.spring.configurer;

import dev.maru.transport.sockjs.SockJsSettings;
import java.time.Duration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.config.annotation.SockJsServiceRegistration;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.sockjs.frame.SockJsMessageCodec;
import org.springframework.web.socket.sockjs.transport.TransportHandler;

/**
 * The registration of SockJS that configurers see. What Maru's SockJS does not have is an error, so that nobody
 * believes it to be in force.
 *
 * <p>Confined to the thread that starts the application.
 */
final class RecordedSockJs extends SockJsServiceRegistration {
    private SockJsSettings settings;

    /** @param defaults for what the application does not set */
    RecordedSockJs(SockJsSettings defaults) {
        this.settings = defaults;
    }

    SockJsSettings settings() {
        return settings;
    }

    /** Maru's timers are its own; which scheduler they do not use makes no difference. */
    @Override
    public SockJsServiceRegistration setTaskScheduler(TaskScheduler scheduler) {
        return this;
    }

    @Override
    public SockJsServiceRegistration setClientLibraryUrl(String clientLibraryUrl) {
        return set(settings.withClientLibraryUrl(clientLibraryUrl));
    }

    @Override
    public SockJsServiceRegistration setStreamBytesLimit(int streamBytesLimit) {
        return set(settings.withLimits(streamBytesLimit, settings.maxSessions()));
    }

    @Override
    public SockJsServiceRegistration setSessionCookieNeeded(boolean sessionCookieNeeded) {
        return set(settings.withCookieNeeded(sessionCookieNeeded));
    }

    @Override
    public SockJsServiceRegistration setHeartbeatTime(long heartbeatTime) {
        return set(settings.withTimes(Duration.ofMillis(heartbeatTime), settings.disconnectDelay()));
    }

    @Override
    public SockJsServiceRegistration setDisconnectDelay(long disconnectDelay) {
        return set(settings.withTimes(settings.heartBeat(), Duration.ofMillis(disconnectDelay)));
    }

    @Override
    public SockJsServiceRegistration setHttpMessageCacheSize(int httpMessageCacheSize) {
        throw Unsupported.setting(
                "withSockJS().setHttpMessageCacheSize", "maru.limits.unsent-size bounds what waits for a client");
    }

    @Override
    public SockJsServiceRegistration setWebSocketEnabled(boolean webSocketEnabled) {
        return set(settings.withWebSocket(webSocketEnabled));
    }

    @Override
    public SockJsServiceRegistration setTransportHandlers(TransportHandler... handlers) {
        throw unsupported("setTransportHandlers");
    }

    @Override
    public SockJsServiceRegistration setTransportHandlerOverrides(TransportHandler... handlers) {
        throw unsupported("setTransportHandlerOverrides");
    }

    @Override
    public SockJsServiceRegistration setInterceptors(HandshakeInterceptor... interceptors) {
        throw unsupported("setInterceptors");
    }

    /** Other origins than the allowed ones get no CORS headers in any case. */
    @Override
    public SockJsServiceRegistration setSuppressCors(boolean suppressCors) {
        if (suppressCors) {
            throw unsupported("setSuppressCors(true)");
        }
        return this;
    }

    @Override
    public SockJsServiceRegistration setMessageCodec(SockJsMessageCodec codec) {
        throw unsupported("setMessageCodec");
    }

    private SockJsServiceRegistration set(SockJsSettings changed) {
        settings = changed;
        return this;
    }

    private static UnsupportedOperationException unsupported(String what) {
        return Unsupported.setting("withSockJS()." + what, "leave it out");
    }
}
