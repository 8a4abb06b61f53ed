package dev.maru.spring.relay;

import dev.maru.engine.session.SessionLimits;
import dev.maru.spring.configurer.BrokerSettings;
import dev.maru.spring.identity.BearerTokens;
import dev.maru.spring.rules.RuleProperties;
import dev.maru.spring.session.SessionTasks;
import dev.maru.stomp.StompLimits;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.web.socket.messaging.StompSubProtocolHandler;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

/** Spring's STOMP support for applications that relay to another broker; see {@code enableStompBrokerRelay}. */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {
    private final ApplicationEventPublisher events;
    private final SessionLimits limits;
    private final StompLimits frames;

    RelayConfiguration(ApplicationEventPublisher events, SessionLimits limits, StompLimits frames) {
        this.events = events;
        this.limits = limits;
        this.frames = frames;
    }

    @Bean
    RelayedClients relayedClients(
            @Qualifier("clientInboundChannel") AbstractSubscribableChannel inbound,
            @Qualifier("clientOutboundChannel") AbstractSubscribableChannel outbound,
            SessionTasks tasks) {
        StompSubProtocolHandler stomp = new StompSubProtocolHandler();
        stomp.setMessageSizeLimit(frames.maxFrameBytes());
        stomp.setApplicationEventPublisher(events);
        SubProtocolWebSocketHandler handler = new SubProtocolWebSocketHandler(inbound, outbound);
        handler.addProtocolHandler(stomp);
        handler.setTimeToFirstMessage(Math.toIntExact(limits.connectTimeout().toMillis()));
        handler.setSendBufferSizeLimit(limits.unsentBytes());
        return new RelayedClients(handler, tasks, limits);
    }

    @Bean
    EngineOnly engineOnly(
            BrokerSettings settings, BearerTokens tokens, RuleProperties rules, ListableBeanFactory beans) {
        return new EngineOnly(settings, tokens, rules, beans);
    }
}
