package dev.maru.spring.configurer;

import dev.maru.transport.sockjs.SockJsSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.util.PathMatcher;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * What the application's configurers ask for, in Maru's terms.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param endpoints in the order of their registration
 * @param applicationPrefixes of the destinations that go to annotated methods
 * @param brokerPrefixes of the destinations that messages may be published to; empty for all
 * @param relayed whether another broker has the messages, by {@code enableStompBrokerRelay}
 * @param pathMatcher how the destinations of annotated methods are matched, or null for Spring's way
 * @param channels the channels between clients, application and broker
 * @param limits of each connection, as far as they were set
 */
public record BrokerSettings(
        List<StompEndpoint> endpoints,
        List<String> applicationPrefixes,
        List<String> brokerPrefixes,
        boolean relayed,
        @Nullable PathMatcher pathMatcher,
        Channels channels,
        Limits limits) {

    /**
     * What was asked for the channels.
     *
     * @param inbound interceptors of {@code clientInboundChannel}
     * @param inboundExecutor whose threads run the application's code, or null for virtual threads
     * @param outbound interceptors of {@code clientOutboundChannel}
     * @param outboundExecutor whose threads run those interceptors, or null for virtual threads
     * @param broker interceptors of {@code brokerChannel}
     */
    public record Channels(
            List<ChannelInterceptor> inbound,
            @Nullable Executor inboundExecutor,
            List<ChannelInterceptor> outbound,
            @Nullable Executor outboundExecutor,
            List<ChannelInterceptor> broker) {}

    /**
     * Limits that Spring's configurers can set; null where they were not.
     *
     * @param messageBytes longest STOMP frame, in bytes
     * @param sendBufferBytes most bytes that wait for a slow client
     * @param firstMessage how long a new connection may wait before its CONNECT
     * @param heartBeatSend the interval of the server's heart-beats
     * @param heartBeatReceive the interval of the client's
     */
    public record Limits(
            @Nullable Integer messageBytes,
            @Nullable Integer sendBufferBytes,
            @Nullable Duration firstMessage,
            @Nullable Duration heartBeatSend,
            @Nullable Duration heartBeatReceive) {}

    /**
     * Asks the configurers.
     *
     * @param sockJs how SockJS is served where they do not say
     * @param hosting whose transport it is; configurers are not asked for endpoints that are not Maru's
     * @throws UnsupportedOperationException if one asks for what Maru does not do, with what to do instead
     * @throws IllegalStateException if no application destination prefix was set
     */
    public static BrokerSettings of(
            List<WebSocketMessageBrokerConfigurer> configurers, SockJsSettings sockJs, Hosting hosting) {
        RecordedBroker broker = new RecordedBroker();
        RecordedEndpoints endpoints = new RecordedEndpoints(sockJs);
        RecordedTransport transport = new RecordedTransport(hosting);
        RecordedChannel inbound = RecordedChannel.withExecutor();
        RecordedChannel outbound = RecordedChannel.withExecutor();
        for (WebSocketMessageBrokerConfigurer configurer : configurers) {
            configurer.configureMessageBroker(broker);
            if (hosting == Hosting.MARU) {
                configurer.registerStompEndpoints(endpoints);
            }
            configurer.configureWebSocketTransport(transport);
            configurer.configureClientInboundChannel(inbound);
            configurer.configureClientOutboundChannel(outbound);
        }
        return new BrokerSettings(
                endpoints.all(),
                broker.applicationPrefixes(),
                broker.brokerPrefixes(),
                broker.relayed(),
                broker.pathMatcher(),
                new Channels(
                        inbound.interceptors(),
                        inbound.executor(),
                        outbound.interceptors(),
                        outbound.executor(),
                        broker.interceptors()),
                new Limits(
                        transport.messageBytes(),
                        transport.sendBufferBytes(),
                        transport.firstMessage(),
                        broker.heartBeatSend(),
                        broker.heartBeatReceive()));
    }
}
