package dev.maru.spring.configurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.transport.sockjs.SockJsSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;
import org.springframework.web.socket.server.support.HttpSessionHandshakeInterceptor;

class BrokerSettingsTest {

    private static WebSocketMessageBrokerConfigurer broker(Consumer<MessageBrokerRegistry> more) {
        return new WebSocketMessageBrokerConfigurer() {
            @Override
            public void configureMessageBroker(MessageBrokerRegistry registry) {
                registry.setApplicationDestinationPrefixes("/app");
                more.accept(registry);
            }
        };
    }

    private static WebSocketMessageBrokerConfigurer endpoints(Consumer<StompEndpointRegistry> more) {
        return new WebSocketMessageBrokerConfigurer() {
            @Override
            public void registerStompEndpoints(StompEndpointRegistry registry) {
                more.accept(registry);
            }
        };
    }

    private static WebSocketMessageBrokerConfigurer transport(Consumer<WebSocketTransportRegistration> more) {
        return new WebSocketMessageBrokerConfigurer() {
            @Override
            public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
                more.accept(registry);
            }
        };
    }

    private static WebSocketMessageBrokerConfigurer outbound(Consumer<ChannelRegistration> more) {
        return new WebSocketMessageBrokerConfigurer() {
            @Override
            public void configureClientOutboundChannel(ChannelRegistration registration) {
                more.accept(registration);
            }
        };
    }

    @Test
    void readsWhatSeveralConfigurersAskFor() {
        ChannelInterceptor interceptor = new ChannelInterceptor() {};
        BrokerSettings settings = settings(List.of(
                broker(registry -> {
                    registry.enableSimpleBroker("/topic", "/queue").setHeartbeatValue(new long[] {1, 2});
                    registry.configureBrokerChannel().interceptors(interceptor);
                    registry.setUserDestinationPrefix("/user/");
                }),
                endpoints(registry -> {
                    registry.addEndpoint("/ws", "/chat/")
                            .setAllowedOrigins("https://a")
                            .withSockJS();
                    registry.addEndpoint("/plain").setAllowedOriginPatterns("*");
                }),
                transport(registry -> registry.setMessageSizeLimit(3)
                        .setSendBufferSizeLimit(4)
                        .setTimeToFirstMessage(5))));

        assertThat(settings.applicationPrefixes()).containsExactly("/app");
        assertThat(settings.brokerPrefixes()).containsExactly("/topic", "/queue");
        assertThat(settings.channels().broker()).containsExactly(interceptor);
        assertThat(settings.channels().inboundExecutor()).isNull();
        assertThat(settings.endpoints())
                .containsExactly(
                        new StompEndpoint("/ws", SockJsSettings.DEFAULT, List.of("https://a")),
                        new StompEndpoint("/chat", SockJsSettings.DEFAULT, List.of("https://a")),
                        new StompEndpoint("/plain", null, List.of("*")));
        assertThat(settings.limits())
                .isEqualTo(new BrokerSettings.Limits(
                        3, 4, Duration.ofMillis(5), Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    @Test
    void takesTheTuningOfSockJs() {
        BrokerSettings settings = settings(List.of(
                broker(registry -> {}),
                endpoints(registry -> registry.addEndpoint("/ws")
                        .withSockJS()
                        .setHeartbeatTime(1)
                        .setDisconnectDelay(2)
                        .setStreamBytesLimit(3)
                        .setWebSocketEnabled(false)
                        .setSessionCookieNeeded(true)
                        .setSuppressCors(false)
                        .setClientLibraryUrl("/sockjs.js"))));

        assertThat(settings.endpoints().getFirst().sockJs())
                .isEqualTo(new SockJsSettings(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        3,
                        SockJsSettings.DEFAULT.maxSessions(),
                        false,
                        true,
                        "/sockjs.js"));
    }

    @Test
    void takesSpringsHeartBeatsWhereOnlyASchedulerIsSet() {
        BrokerSettings settings = settings(List.of(
                broker(registry -> registry.enableSimpleBroker().setTaskScheduler(new ThreadPoolTaskScheduler()))));
        assertThat(settings.limits().heartBeatSend()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.limits().heartBeatReceive()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesInterceptorsAndTheirExecutorForWhatClientsGet() {
        ChannelInterceptor interceptor = new ChannelInterceptor() {};
        Executor executor = Runnable::run;
        BrokerSettings settings = settings(List.of(
                broker(registry -> {}),
                outbound(registration -> registration.executor(executor).interceptors(interceptor))));
        assertThat(settings.channels().outbound()).containsExactly(interceptor);
        assertThat(settings.channels().outboundExecutor()).isNotNull();
    }

    @Test
    void leavesEndpointsAndTheirTransportToSpringWhereItHostsThem() {
        BrokerSettings settings = BrokerSettings.of(
                List.of(
                        broker(registry -> registry.enableStompBrokerRelay("/topic")),
                        endpoints(registry -> registry.setPreserveReceiveOrder(true)),
                        transport(registry -> registry.setSendTimeLimit(1).setMessageSizeLimit(7))),
                SockJsSettings.DEFAULT,
                Hosting.SPRING);
        assertThat(settings.endpoints()).isEmpty();
        assertThat(settings.limits().messageBytes()).isEqualTo(7);
        assertThat(settings.relayed()).isTrue();
    }

    @Test
    void asksForAnApplicationPrefix() {
        assertThatThrownBy(() -> settings(List.of(new WebSocketMessageBrokerConfigurer() {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("setApplicationDestinationPrefixes");
    }

    private static BrokerSettings settings(List<WebSocketMessageBrokerConfigurer> configurers) {
        return BrokerSettings.of(configurers, SockJsSettings.DEFAULT, Hosting.MARU);
    }

    static List<WebSocketMessageBrokerConfigurer> unsupported() {
        return List.of(
                broker(registry -> {
                    registry.enableSimpleBroker("/topic");
                    registry.enableStompBrokerRelay("/queue");
                }),
                broker(registry -> registry.setUserDestinationPrefix("/me")),
                broker(registry -> registry.configureBrokerChannel().taskExecutor()),
                broker(registry -> registry.enableSimpleBroker().setSelectorHeaderName("selector")),
                broker(registry -> registry.enableSimpleBroker().setHeartbeatValue(new long[] {0, 0})),
                endpoints(registry -> registry.setErrorHandler(new StompSubProtocolErrorHandler())),
                endpoints(registry -> registry.setPreserveReceiveOrder(true)),
                endpoints(
                        registry -> registry.addEndpoint("/ws").addInterceptors(new HttpSessionHandshakeInterceptor())),
                endpoints(registry -> registry.addEndpoint("/ws")
                        .setHandshakeHandler((request, response, handler, attributes) -> true)),
                endpoints(registry -> registry.addEndpoint("/ws").withSockJS().setHttpMessageCacheSize(1)),
                endpoints(registry -> registry.addEndpoint("/ws").withSockJS().setSuppressCors(true)),
                transport(registry -> registry.setSendTimeLimit(1)),
                transport(registry -> registry.addDecoratorFactory(handler -> handler)));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void saysWhatMaruDoesNotDo(WebSocketMessageBrokerConfigurer unsupported) {
        assertThatThrownBy(() -> settings(List.of(broker(registry -> {}), unsupported)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageMatching("Maru does not support .+: .+");
    }
}
