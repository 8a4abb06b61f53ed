package dev.maru.spring.configurer;

import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.config.annotation.SockJsServiceRegistration;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.sockjs.frame.SockJsMessageCodec;
import org.springframework.web.socket.sockjs.transport.TransportHandler;

/**
 * The registration of SockJS that configurers see. Maru's SockJS has no such settings; asking for one is an error, so
 * that nobody believes it to be in force.
 *
 * <p>Confined to the thread that starts the application.
 */
final class RecordedSockJs extends SockJsServiceRegistration {

    /** Maru's timers are its own; which scheduler they do not use makes no difference. */
    @Override
    public SockJsServiceRegistration setTaskScheduler(TaskScheduler scheduler) {
        return this;
    }

    @Override
    public SockJsServiceRegistration setClientLibraryUrl(String clientLibraryUrl) {
        throw unsupported("setClientLibraryUrl");
    }

    @Override
    public SockJsServiceRegistration setStreamBytesLimit(int streamBytesLimit) {
        throw unsupported("setStreamBytesLimit");
    }

    @Override
    public SockJsServiceRegistration setSessionCookieNeeded(boolean sessionCookieNeeded) {
        throw unsupported("setSessionCookieNeeded");
    }

    @Override
    public SockJsServiceRegistration setHeartbeatTime(long heartbeatTime) {
        throw unsupported("setHeartbeatTime");
    }

    @Override
    public SockJsServiceRegistration setDisconnectDelay(long disconnectDelay) {
        throw unsupported("setDisconnectDelay");
    }

    @Override
    public SockJsServiceRegistration setHttpMessageCacheSize(int httpMessageCacheSize) {
        throw unsupported("setHttpMessageCacheSize");
    }

    @Override
    public SockJsServiceRegistration setWebSocketEnabled(boolean webSocketEnabled) {
        if (!webSocketEnabled) {
            throw unsupported("setWebSocketEnabled(false)");
        }
        return this;
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

    @Override
    public SockJsServiceRegistration setSuppressCors(boolean suppressCors) {
        throw unsupported("setSuppressCors");
    }

    @Override
    public SockJsServiceRegistration setMessageCodec(SockJsMessageCodec codec) {
        throw unsupported("setMessageCodec");
    }

    private static UnsupportedOperationException unsupported(String what) {
        return Unsupported.setting("withSockJS()." + what, "leave it out");
    }
}
