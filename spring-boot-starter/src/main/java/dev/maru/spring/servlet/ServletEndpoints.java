package dev.maru.spring.servlet;

import dev.maru.spring.configurer.Unsupported;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.WebMvcStompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecoratorFactory;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;

/**
 * Spring's registry of endpoints, but for what Spring's own STOMP support would do with it.
 *
 * <p>Confined to the thread that starts the application.
 */
final class ServletEndpoints extends WebMvcStompEndpointRegistry {
    private final boolean springsStomp;

    /** @param springsStomp whether Spring's own STOMP support is behind it, as it is with a relay */
    ServletEndpoints(
            WebSocketHandler handler,
            WebSocketTransportRegistration transport,
            TaskScheduler scheduler,
            boolean springsStomp) {
        super(handler, transport, scheduler);
        this.springsStomp = springsStomp;
    }

    @Override
    protected void setApplicationContext(ApplicationContext context) {
        super.setApplicationContext(context);
    }

    @Override
    public WebMvcStompEndpointRegistry setErrorHandler(StompSubProtocolErrorHandler errorHandler) {
        if (!springsStomp) {
            throw Unsupported.setting("setErrorHandler", "throw a Refusal, or use @MessageExceptionHandler");
        }
        return super.setErrorHandler(errorHandler);
    }

    /** It is kept in any case. */
    @Override
    public WebMvcStompEndpointRegistry setPreserveReceiveOrder(boolean preserveReceiveOrder) {
        return this;
    }

    /** What configurers ask of the transport. Its limits are the engine's, too; see {@code BrokerSettings}. */
    static final class Transport extends WebSocketTransportRegistration {

        WebSocketHandler decorate(WebSocketHandler handler) {
            WebSocketHandler decorated = handler;
            for (WebSocketHandlerDecoratorFactory factory : getDecoratorFactories()) {
                decorated = factory.decorate(decorated);
            }
            return decorated;
        }
    }
}
