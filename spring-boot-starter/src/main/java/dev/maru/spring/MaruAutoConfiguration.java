package dev.maru.spring;

import dev.maru.engine.Engine;
import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.history.HistoryCache;
import dev.maru.engine.session.ApplicationHandler;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.SessionLimits;
import dev.maru.engine.session.SessionListener;
import dev.maru.spring.cluster.ClusterConfiguration;
import dev.maru.spring.cluster.OutsideOutlet;
import dev.maru.spring.configurer.BrokerSettings;
import dev.maru.spring.configurer.Configurers;
import dev.maru.spring.configurer.Hosting;
import dev.maru.spring.destination.DestinationAlias;
import dev.maru.spring.destination.OverflowDestinations;
import dev.maru.spring.destination.RecoverableDestinations;
import dev.maru.spring.destination.SnapshotDestinations;
import dev.maru.spring.drain.DrainConfiguration;
import dev.maru.spring.failure.WrongSettingException;
import dev.maru.spring.health.HealthConfiguration;
import dev.maru.spring.identity.BearerTokens;
import dev.maru.spring.identity.HandshakePolicies;
import dev.maru.spring.identity.IdentityConfiguration;
import dev.maru.spring.messaging.InterceptedClients;
import dev.maru.spring.messaging.InterceptedConnections;
import dev.maru.spring.messaging.MessagingConfiguration;
import dev.maru.spring.metrics.MetricsConfiguration;
import dev.maru.spring.relay.RelayConfiguration;
import dev.maru.spring.relay.RelayedClients;
import dev.maru.spring.rules.DestinationRules;
import dev.maru.spring.rules.RulesConfiguration;
import dev.maru.spring.servlet.ServletConfiguration;
import dev.maru.spring.socket.ForgottenHandlers;
import dev.maru.spring.tcp.TcpConfiguration;
import dev.maru.spring.web.EndpointSource;
import dev.maru.spring.web.Endpoints;
import dev.maru.spring.web.OtherEndpoints;
import dev.maru.spring.web.PortConfiguration;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.AllowedOrigins;
import dev.maru.transport.http.HandshakePolicy;
import dev.maru.transport.http.StreamEndpoints;
import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.http.WebSocketTransport;
import dev.maru.transport.sockjs.SockJsSettings;
import dev.maru.transport.tcp.TcpSettings;
import dev.maru.transport.websocket.SessionOpener;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Maru's engine, made of the beans that the application declares, and Spring's messaging model on it. Comes after
 * Boot's executors: theirs would give way to the channels' otherwise.
 *
 * <p>Confined to the thread that starts the application.
 */
@AutoConfiguration(after = {TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class})
@EnableConfigurationProperties({MaruProperties.class, StreamProperties.class})
@Import({
    ClusterConfiguration.class,
    MessagingConfiguration.class,
    PortConfiguration.class,
    RelayConfiguration.class,
    ServletConfiguration.class,
    IdentityConfiguration.class,
    RulesConfiguration.class,
    TcpConfiguration.class,
    QueueConfiguration.class,
    MetricsConfiguration.class,
    HealthConfiguration.class,
    DrainConfiguration.class,
    ForgottenHandlers.class
})
public final class MaruAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Configurers brokerConfigurers(
            MaruProperties properties,
            ObjectProvider<WebSocketMessageBrokerConfigurer> applications,
            ObjectProvider<Hosting> hosting) {
        if (applications.stream().findAny().isPresent()) {
            throw new WrongSettingException(
                    "there is a WebSocketMessageBrokerConfigurer, and nothing asks it",
                    "put @EnableMaruMessageBroker on a configuration class, in the place of"
                            + " @EnableWebSocketMessageBroker");
        }
        return new Configurers(List.of(new PropertyConfigurer(properties, hosting.getIfAvailable(() -> Hosting.MARU))));
    }

    @Bean
    BrokerSettings brokerSettings(Configurers configurers, SockJsSettings sockJs, ObjectProvider<Hosting> hosting) {
        return BrokerSettings.of(configurers.all(), sockJs, hosting.getIfAvailable(() -> Hosting.MARU));
    }

    @Bean
    @ConditionalOnMissingBean
    SessionLimits sessionLimits(MaruProperties properties, BrokerSettings settings) {
        return ConnectionLimits.ofSession(properties.limits(), settings.limits());
    }

    @Bean
    @ConditionalOnMissingBean
    StompLimits stompLimits(MaruProperties properties, BrokerSettings settings) {
        return ConnectionLimits.ofFrames(properties.limits(), settings.limits());
    }

    @Bean
    LateSessionListeners lateSessionListeners(ObjectProvider<SessionListener> listeners) {
        return new LateSessionListeners(listeners);
    }

    @Bean
    @ConditionalOnMissingBean
    Engine engine(
            ApplicationHandler application,
            InterceptedClients interceptors,
            SessionLimits limits,
            LateSessionListeners listeners,
            EngineParts parts) {
        Engine.Builder builder = Engine.builder()
                .application(application, interceptors.applicationPrefixes().toArray(String[]::new))
                .intercepted(interceptors.interceptedPrefixes())
                .interceptor(interceptors)
                .limits(limits)
                .listener(listeners.asListener());
        return parts.addTo(builder).build();
    }

    @Bean
    EngineParts engineParts(
            EngineParts.Destinations destinations,
            EngineParts.Overflow overflow,
            EngineParts.People people,
            QueueConfiguration.QueueParts queues,
            EngineParts.Nodes nodes) {
        return new EngineParts(destinations, overflow, people, queues, nodes);
    }

    @Bean
    EngineParts.Nodes engineNodes(Cluster cluster, ObjectProvider<OutsideOutlet> outlets) {
        return new EngineParts.Nodes(cluster, outlets);
    }

    @Bean
    EngineParts.Overflow engineOverflow(MaruProperties properties, ObjectProvider<OverflowDestinations> declared) {
        return new EngineParts.Overflow(properties, declared);
    }

    @Bean
    EngineParts.Destinations engineDestinations(
            ObjectProvider<RecoverableDestinations> recoverable,
            ObjectProvider<SnapshotDestinations> snapshots,
            ObjectProvider<DestinationAlias> aliases,
            HistoryCache cache) {
        return new EngineParts.Destinations(recoverable, snapshots, aliases, cache);
    }

    /** What the engine reads of histories goes through this. */
    @Bean
    HistoryCache historyCache(MaruProperties properties) {
        return new HistoryCache(properties.limits().historyCacheSize().toBytes());
    }

    @Bean
    EngineParts.People enginePeople(
            ObjectProvider<Authenticator> authenticator,
            BearerTokens tokens,
            DestinationRules rules,
            MaruProperties properties,
            InterceptedClients interceptors) {
        int connectionsPerUser = properties.limits().connectionsPerUser();
        return new EngineParts.People(authenticator, tokens, rules, connectionsPerUser, interceptors);
    }

    /** The way of every transport to the engine. */
    @Bean
    SessionOpener sessionOpener(Engine engine, InterceptedConnections outbound) {
        return outbound.around(engine::open);
    }

    /** Where configurers want STOMP to be spoken: by the engine, or by Spring where another broker is relayed to. */
    @Bean
    StompEndpoints stompEndpoints(BrokerSettings settings, StompLimits frames, RelayedClients relayed) {
        List<WebSocketEndpoint> endpoints = Endpoints.of(settings.endpoints(), frames);
        return new StompEndpoints(
                settings.relayed()
                        ? endpoints.stream()
                                .map(endpoint -> endpoint.withConversations(relayed))
                                .toList()
                        : endpoints);
    }

    record StompEndpoints(List<WebSocketEndpoint> all) {}

    @Bean
    OtherEndpoints otherEndpoints(
            ObjectProvider<WebSocketEndpoint> declared,
            ObjectProvider<EndpointSource> sources,
            ObjectProvider<WebSocketMessageBrokerConfigurer> applications) {
        boolean insisted = applications.stream().findAny().isPresent();
        return OtherEndpoints.of(declared, sources, insisted);
    }

    /** How SockJS is served where nobody says otherwise. */
    @Bean
    SockJsSettings sockJsSettings(MaruProperties properties) {
        return ConnectionLimits.ofSockJs(properties);
    }

    /** Endpoints that are beans come on top of those where STOMP is spoken: what is said there is the application's. */
    @Bean
    @ConditionalOnMissingBean
    TransportSettings transportSettings(
            Engine engine,
            SessionOpener sessions,
            StompEndpoints stomp,
            MaruProperties properties,
            ObjectProvider<HandshakePolicy> policies,
            OtherEndpoints others,
            BearerTokens tokens) {
        return new TransportSettings(
                sessions,
                others.beside(stomp.all()),
                HandshakePolicies.of(policies.orderedStream().toList(), tokens, engine.registry()),
                properties.limits().connectionsPerAddress(),
                properties.limits().handshakeTimeout(),
                properties.limits().requestTimeout(),
                properties.limits().stallTimeout(),
                ConnectionLimits.compressionThreshold(properties.websocket()));
    }

    @Bean
    @ConditionalOnMissingBean
    WebSocketTransport webSocketTransport(TransportSettings settings, StreamEndpoints streams) {
        return new WebSocketTransport(settings, streams);
    }

    /** Pages of the origins that an {@link AllowedOrigins} bean names, or else of those that the properties name. */
    @Bean
    @ConditionalOnMissingBean
    StreamEndpoints streamEndpoints(
            StreamProperties streams,
            MaruProperties properties,
            ObjectProvider<AllowedOrigins> origins,
            StompLimits frames) {
        AllowedOrigins allowed = origins.getIfAvailable(() -> AllowedOrigins.of(properties.allowedOrigins()));
        return streams.endpoints(allowed, frames);
    }

    @Bean
    @ConditionalOnMissingBean
    TcpSettings tcpSettings(
            SessionOpener sessions, StompLimits frames, WebSocketTransport webSockets, MaruProperties properties) {
        return new TcpSettings(
                sessions, frames, webSockets.addresses(), properties.limits().handshakeTimeout(), null);
    }
}
