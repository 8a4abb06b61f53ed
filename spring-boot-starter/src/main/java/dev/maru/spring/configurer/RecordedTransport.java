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
    private final Hosting hosting;

    /** @param hosting whose transport it is; Spring's can do more */
    RecordedTransport(Hosting hosting) {
        this.hosting = hosting;
    }

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
        if (hosting == Hosting.MARU) {
            throw Unsupported.setting("setSendTimeLimit", "setSendBufferSizeLimit alone bounds a slow client");
        }
        return super.setSendTimeLimit(timeLimit);
    }

    @Override
    public WebSocketTransportRegistration setDecoratorFactories(WebSocketHandlerDecoratorFactory... factories) {
        refuseDecorators();
        return this;
    }

    @Override
    public WebSocketTransportRegistration addDecoratorFactory(WebSocketHandlerDecoratorFactory factory) {
        refuseDecorators();
        return this;
    }

    private void refuseDecorators() {
        if (hosting == Hosting.MARU) {
            throw Unsupported.setting(
                    "decorators of WebSocket handlers", "a SessionListener bean sees sessions come and go");
        }
    }
}
