package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.stomp.StompCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** An application's interceptors of {@code clientOutboundChannel} see, change and drop what each client gets. */
class OutboundInterceptorsTest {
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private static ConfigurableApplicationContext application;
    private static int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class Application implements WebSocketMessageBrokerConfigurer {

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
        public void configureClientOutboundChannel(ChannelRegistration registration) {
            registration.interceptors(new Censor());
        }

        @Bean
        Greeter greeter() {
            return new Greeter();
        }
    }

    @Controller
    static class Greeter {
        @SubscribeMapping("/greeting")
        String greeting() {
            return "welcome";
        }
    }

    /** Notes what passes, changes what is rude, and keeps secrets from all but one subscription. */
    private static final class Censor implements ChannelInterceptor {
        @Override
        public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
            StompHeaderAccessor headers = StompHeaderAccessor.wrap(message);
            String text = new String((byte[]) message.getPayload(), StandardCharsets.UTF_8);
            SEEN.add(headers.getMessageType() + " " + headers.getDestination() + " " + headers.getSubscriptionId() + " "
                    + text);
            return switch (text) {
                case "rude" ->
                    MessageBuilder.withPayload("kind".getBytes(StandardCharsets.UTF_8))
                            .copyHeaders(message.getHeaders())
                            .build();
                case "secret" -> "friend".equals(headers.getSubscriptionId()) ? message : null;
                case "fail" -> throw new IllegalStateException("the test fails on this");
                default -> message;
            };
        }
    }

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(new String[0], Application.class);
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
    void seesEachMessageForEachRecipient() {
        try (TestClient ann = TestClient.connected(port).subscribe("a", "/topic/news");
                TestClient bob = TestClient.connected(port).subscribe("b", "/topic/news")) {
            ann.sendTo("/topic/news", "fresh");
            ann.await(StompCommand.MESSAGE, "subscription:a\n", "fresh");
            bob.await(StompCommand.MESSAGE, "subscription:b\n", "fresh");
        }
        assertThat(SEEN)
                .contains("CONNECT_ACK null null ", "MESSAGE /topic/news a fresh", "MESSAGE /topic/news b fresh")
                .filteredOn(seen -> seen.endsWith("fresh"))
                .hasSize(2);
    }

    @Test
    void changesAMessage() {
        try (TestClient ann = TestClient.connected(port).subscribe("a", "/topic/news")) {
            ann.sendTo("/topic/news", "rude", "colour:red");
            assertThat(ann.await(StompCommand.MESSAGE, "subscription:a\n"))
                    .endsWith("\n\nkind")
                    .contains("destination:/topic/news\n", "colour:red\n", "message-id:");
        }
    }

    @Test
    void keepsAMessageFromSome() {
        try (TestClient ann = TestClient.connected(port).subscribe("a", "/topic/news");
                TestClient bob = TestClient.connected(port).subscribe("friend", "/topic/news")) {
            ann.sendTo("/topic/news", "secret").sendTo("/topic/news", "fail").sendTo("/topic/news", "public");
            bob.await(StompCommand.MESSAGE, "secret");
            bob.await(StompCommand.MESSAGE, "public");
            ann.await(StompCommand.MESSAGE, "public");
            assertThat(ann.received(StompCommand.MESSAGE)).hasSize(1);
            assertThat(bob.received(StompCommand.MESSAGE)).hasSize(2);
        }
    }

    @Test
    void seesTheReplyOfASubscribeMappingOnce() {
        try (TestClient ann = TestClient.connected(port)) {
            ann.send(StompCommand.SUBSCRIBE, "", "id:g", "destination:/app/greeting");
            assertThat(ann.await(StompCommand.MESSAGE))
                    .contains("subscription:g\n")
                    .endsWith("welcome");
        }
        assertThat(SEEN)
                .filteredOn(seen -> seen.endsWith("welcome"))
                .containsExactly("MESSAGE /app/greeting g welcome");
    }

    @Test
    void keepsTheOrderAndSaysGoodByeBehindEverything() {
        try (TestClient ann = TestClient.connected(port).subscribe("a", "/topic/burst")) {
            List<String> sent =
                    IntStream.range(0, 300).mapToObj(Integer::toString).toList();
            sent.forEach(text -> ann.sendTo("/topic/burst", text));
            await().until(() -> ann.received(StompCommand.MESSAGE).size() == sent.size());
            assertThat(ann.received(StompCommand.MESSAGE))
                    .extracting(TestClient::body)
                    .isEqualTo(sent);
            ann.send(StompCommand.DISCONNECT, "", "receipt:bye");
            ann.await(StompCommand.RECEIPT, "receipt-id:bye\n");
            assertThat(ann.awaitClose()).isEqualTo(1000);
        }
    }

    @Test
    void saysWhatIsWrongBeforeItCloses() {
        try (TestClient ann = TestClient.connected(port)) {
            ann.text("NONSENSE\n\n\0");
            ann.await(StompCommand.ERROR);
            assertThat(ann.awaitClose()).isEqualTo(1002);
        }
        assertThat(SEEN).anyMatch(seen -> seen.startsWith("OTHER null null"));
    }
}
