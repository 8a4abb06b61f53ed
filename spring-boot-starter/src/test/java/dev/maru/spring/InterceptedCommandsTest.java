package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.ValueSource;
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
                    String verdict = headers.getFirstNativeHeader("verdict");
                    if ("throw".equals(verdict)) {
                        throw new IllegalStateException("the test refuses this");
                    }
                    return "drop".equals(verdict) ? null : message;
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

    @ParameterizedTest
    @EnumSource(names = {"SEND", "SUBSCRIBE", "UNSUBSCRIBE", "ACK", "NACK", "COMMIT", "ABORT"})
    void dropsWithoutAWordWhatAnInterceptorDrops(StompCommand command) {
        try (TestClient client = TestClient.connected(port).subscribe("s", "/topic/a")) {
            send(client, command, "verdict:drop");
            client.sendTo("/topic/a", "still here");

            assertThat(client.await(dev.maru.stomp.StompCommand.MESSAGE, "still here"))
                    .contains("subscription:s\n");
            client.send(dev.maru.stomp.StompCommand.UNSUBSCRIBE, "", "id:s", "receipt:end");
            client.await(dev.maru.stomp.StompCommand.RECEIPT, "receipt-id:end\n");
            assertThat(client.received(dev.maru.stomp.StompCommand.MESSAGE)).hasSize(1);
            assertThat(client.received(dev.maru.stomp.StompCommand.ERROR)).isEmpty();
        }
    }

    @Test
    void beginsNothingWhereAnInterceptorDropsThat() {
        try (TestClient client = TestClient.connected(port)) {
            send(client, StompCommand.BEGIN, "verdict:drop");
            send(client, StompCommand.ABORT, "verdict:pass");

            client.await(dev.maru.stomp.StompCommand.ERROR, "message:unknown-transaction\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEND", "SUBSCRIBE", "UNSUBSCRIBE", "ACK", "NACK", "BEGIN", "COMMIT", "ABORT"})
    void tellsWhatAnInterceptorRefuses(StompCommand command) {
        try (TestClient client = TestClient.connected(port)) {
            send(client, command, "verdict:throw");

            client.await(dev.maru.stomp.StompCommand.ERROR, "message:intercepted\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEND", "SUBSCRIBE", "UNSUBSCRIBE", "ACK", "NACK", "BEGIN", "COMMIT", "ABORT"})
    void tellsAClientThatWaitsForTheReceiptOfWhatWasDropped(StompCommand command) {
        try (TestClient client = TestClient.connected(port)) {
            send(client, command, "verdict:drop", "receipt:r");

            client.await(dev.maru.stomp.StompCommand.ERROR, "message:intercepted\n", "receipt-id:r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "throw"})
    void opensNoSessionWhereAnInterceptorDoesNotLetTheClientIn(String verdict) {
        try (TestClient client = TestClient.open(port, "/ws")) {
            client.send(dev.maru.stomp.StompCommand.CONNECT, "", "accept-version:1.2", "host:x", "verdict:" + verdict);

            client.await(dev.maru.stomp.StompCommand.ERROR, "message:intercepted\n");
        }
    }

    @Test
    void doesNothingOfATransactionThatAnInterceptorRefusesAPartOf() {
        try (TestClient reader = TestClient.connected(port).subscribe("s", "/topic/a");
                TestClient client = TestClient.connected(port)) {
            client.send(dev.maru.stomp.StompCommand.BEGIN, "", "transaction:t");
            client.sendTo("/topic/a", "first", "transaction:t");
            client.sendTo("/topic/a", "second", "transaction:t", "verdict:throw");
            client.send(dev.maru.stomp.StompCommand.COMMIT, "", "transaction:t", "receipt:c");
            client.await(dev.maru.stomp.StompCommand.ERROR, "message:intercepted\n", "receipt-id:c\n");
            reader.sendTo("/topic/a", "later");

            assertThat(reader.await(dev.maru.stomp.StompCommand.MESSAGE)).endsWith("later");
        }
    }

    @Test
    void publishesWhatInterceptorsLetPassOfATransactionInItsOrder() {
        try (TestClient client = TestClient.connected(port).subscribe("s", "/topic/a")) {
            client.send(dev.maru.stomp.StompCommand.BEGIN, "", "transaction:t");
            client.sendTo("/topic/a", "1", "transaction:t");
            client.sendTo("/topic/a", "2", "transaction:t", "verdict:drop");
            client.sendTo("/topic/a", "3", "transaction:t");
            client.send(dev.maru.stomp.StompCommand.COMMIT, "", "transaction:t", "receipt:c");
            client.await(dev.maru.stomp.StompCommand.RECEIPT, "receipt-id:c\n");

            assertThat(client.received(dev.maru.stomp.StompCommand.MESSAGE))
                    .extracting(TestClient::body)
                    .containsExactly("1", "3");
        }
    }

    private static void send(TestClient client, StompCommand command, String... headers) {
        List<String> all = new ArrayList<>(List.of(
                "id:" + (command == StompCommand.UNSUBSCRIBE ? "s" : "1"),
                "destination:/topic/a",
                command == StompCommand.SEND ? "mark:x" : "transaction:t"));
        all.addAll(List.of(headers));
        client.send(dev.maru.stomp.StompCommand.valueOf(command.name()), "", all.toArray(String[]::new));
    }

    private static void awaitSeen(String frame) {
        Awaitility.await().untilAsserted(() -> assertThat(SEEN).contains(frame));
    }
}
