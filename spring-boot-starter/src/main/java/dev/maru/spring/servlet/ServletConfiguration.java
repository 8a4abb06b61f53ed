package dev.maru.spring.servlet;

import dev.maru.spring.configurer.BrokerSettings;
import dev.maru.spring.configurer.Configurers;
import dev.maru.spring.configurer.Hosting;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketTransport;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;

/** Leaves the endpoints of a servlet application where they are, unless the engine has a port of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(ServletConfiguration.WithoutOwnPort.class)
public class ServletConfiguration {

    @Bean
    static Hosting hosting() {
        return Hosting.SPRING;
    }

    @Bean
    SubProtocolWebSocketHandler subProtocolWebSocketHandler(
            BrokerSettings broker,
            TransportSettings settings,
            WebSocketTransport transport,
            StompLimits limits,
            ApplicationContext context) {
        return broker.relayed()
                ? new SubProtocolWebSocketHandler(
                        channel(context, "clientInboundChannel"), channel(context, "clientOutboundChannel"))
                : new EngineSockets(settings, transport.addresses(), limits);
    }

    private static AbstractSubscribableChannel channel(ApplicationContext context, String name) {
        return context.getBean(name, AbstractSubscribableChannel.class);
    }

    @Bean
    HandlerMapping stompWebSocketHandlerMapping(
            SubProtocolWebSocketHandler subProtocolWebSocketHandler,
            BrokerSettings broker,
            Configurers configurers,
            @Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler,
            ApplicationContext context) {
        ServletEndpoints.Transport transport = new ServletEndpoints.Transport();
        configurers.all().forEach(configurer -> configurer.configureWebSocketTransport(transport));
        ServletEndpoints endpoints = new ServletEndpoints(
                transport.decorate(subProtocolWebSocketHandler), transport, scheduler, broker.relayed());
        endpoints.setApplicationContext(context);
        configurers.all().forEach(configurer -> configurer.registerStompEndpoints(endpoints));
        AbstractHandlerMapping mapping = endpoints.getHandlerMapping();
        if (mapping instanceof WebSocketHandlerMapping lifecycle) {
            lifecycle.setPhase(subProtocolWebSocketHandler.getPhase());
        }
        return mapping;
    }

    /** Holds where {@code maru.port} is not set. */
    static final class WithoutOwnPort extends NoneNestedConditions {

        WithoutOwnPort() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("maru.port")
        static final class OwnPort {}
    }
}
