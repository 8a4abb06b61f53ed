package dev.maru.spring.configurer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecoratorFactory;

/**
 * The transport's registration that configurers see. It keeps the limits that they set.
 *
 * <p>Confined to the thread that starts the application.
 */
final class RecordedTransport extends WebSocketTransportRegistration {

    @Nullable Integer messageBytes() {
        return getMessageSizeLimit();
    }

    @Nullable Integer sendBufferBytes() {
        return getSendBufferSizeLimit();
    }

    @Nullable Duration firstMessage() {
        Integer millis = getTimeToFirstMessage();
        return millis == null ? null : Duration.ofMillis(millis);
    }

    @Override
    public WebSocketTransportRegistration setSendTimeLimit(int timeLimit) {
        throw Unsupported.setting("setSendTimeLimit", "setSendBufferSizeLimit alone bounds a slow client");
    }

    @Override
    public WebSocketTransportRegistration setDecoratorFactories(WebSocketHandlerDecoratorFactory... factories) {
        throw noDecorators();
    }

    @Override
    public WebSocketTransportRegistration addDecoratorFactory(WebSocketHandlerDecoratorFactory factory) {
        throw noDecorators();
    }

    private static UnsupportedOperationException noDecorators() {
        return Unsupported.setting(
                "decorators of WebSocket handlers", "a SessionListener bean sees sessions come and go");
    }
}
