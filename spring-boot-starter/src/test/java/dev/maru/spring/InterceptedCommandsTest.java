package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** An application's interceptors of {@code clientInboundChannel} see each command that a client sends. */
class InterceptedCommandsTest {
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private static ConfigurableApplicationContext application;
    private static int port;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class Intercepting implements WebSocketMessageBrokerConfigurer {

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/ws");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.setApplicationDestinationPrefixes("/app");
            registry.enableSimpleBroker("/topic", "/queue");
        }

        @Override
        public void configureClientInboundChannel(ChannelRegistration registration) {
            registration.interceptors(new ChannelInterceptor() {
                @Override
                public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
                    StompHeaderAccessor headers = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
                    SEEN.add(headers.getCommand() + " " + headers.getFirstNativeHeader("mark"));
                    return message;
                }
            });
        }
    }

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(new String[0], Intercepting.class);
        port = RunningTutorial.port(application);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void seesTheFramesOfAWholeSessionInTheirOrder() {
        try (TestClient client = TestClient.connected(port, "mark:c")) {
            client.send(dev.maru.stomp.StompCommand.SUBSCRIBE, "", "id:s", "destination:/topic/a", "mark:s");
            client.sendTo("/topic/a", "", "mark:broker");
            client.sendTo("/app/none", "", "mark:application");
            client.send(dev.maru.stomp.StompCommand.UNSUBSCRIBE, "", "id:s");
            client.send(dev.maru.stomp.StompCommand.DISCONNECT, "");
            awaitSeen("DISCONNECT null");
        }
        assertThat(SEEN)
                .containsSubsequence("CONNECT c", "SUBSCRIBE s", "SEND broker", "SEND application")
                .contains("DISCONNECT null");
    }

    @ParameterizedTest
    @EnumSource(names = {"ACK", "NACK", "BEGIN", "COMMIT", "ABORT"})
    void seesTheCommandsThatHaveNoDestination(StompCommand command) {
        try (TestClient client = TestClient.connected(port)) {
            client.send(
                    dev.maru.stomp.StompCommand.valueOf(command.name()),
                    "",
                    "id:1",
                    "transaction:t",
                    "mark:" + command);
            awaitSeen(command + " " + command);
        }
    }

    private static void awaitSeen(String frame) {
        Awaitility.await().untilAsserted(() -> assertThat(SEEN).contains(frame));
    }
}
