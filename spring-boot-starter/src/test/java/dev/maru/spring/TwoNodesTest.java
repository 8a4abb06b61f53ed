package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.InProcessClusterBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** One application on two nodes: nothing in its code knows of it. */
class TwoNodesTest {
    private static final InProcessClusterBroker.Hub HUB = new InProcessClusterBroker.Hub();

    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;

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

        @Bean
        Greetings greetings() {
            return new Greetings();
        }

        @Bean
        ClusterBroker clusterBroker() {
            return HUB.newBroker();
        }

        @Bean
        ListedExchange exchange() {
            return new ListedExchange();
        }
    }

    @Controller
    static class Greetings {
        @MessageMapping("/greet")
        @SendTo("/topic/greetings")
        String greet(String name) {
            return "hello " + name;
        }
    }

    /** Applications at the broker, as the test. */
    static final class ListedExchange implements OutsideExchange {
        private final List<String> got = new CopyOnWriteArrayList<>();
        private volatile @Nullable Function<OutsideMessage, CompletionStage<?>> publish;

        @Override
        public void start(Function<OutsideMessage, CompletionStage<?>> taker) {
            publish = taker;
        }

        @Override
        public CompletionStage<Void> publish(String destination, MessageContent content) {
            got.add(destination + " " + new String(content.body(), StandardCharsets.UTF_8));
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void close() {
            publish = null;
        }

        CompletionStage<?> send(String destination, String body) {
            Function<OutsideMessage, CompletionStage<?>> taker = publish;
            if (taker == null) {
                throw new IllegalStateException("not started");
            }
            return taker.apply(
                    new OutsideMessage(destination, MessageContent.bytes(body.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @BeforeAll
    static void start() {
        String[] outside = {"--maru.cluster.outside.in=/topic/news/*", "--maru.cluster.outside.out=/topic/greetings"};
        first = RunningTutorial.start(outside, Application.class);
        second = RunningTutorial.start(outside, Application.class);
        await().until(() -> first.getBean(Cluster.class).others() == 1
                && second.getBean(Cluster.class).others() == 1);
    }

    @AfterAll
    static void close() {
        first.close();
        second.close();
    }

    @Test
    void aMessageOnOneNodeReachesTheSubscribersOnBoth() {
        try (TestClient ann = client(first).subscribe("g", "/topic/greetings");
                TestClient bob = client(second).subscribe("g", "/topic/greetings")) {
            ann.sendTo("/app/greet", "ann");
            ann.await(StompCommand.MESSAGE, "hello ann");
            bob.await(StompCommand.MESSAGE, "hello ann");
            second.getBean(SimpMessagingTemplate.class).convertAndSend("/topic/greetings", "hello all");
            ann.await(StompCommand.MESSAGE, "hello all");
            bob.await(StompCommand.MESSAGE, "hello all");
        }
    }

    @Test
    void aUsersOwnMessagesReachTheUserOnTheOtherNode() {
        try (TestClient bob = client(second).subscribe("n", "/user/queue/news")) {
            String connected = bob.await(StompCommand.CONNECTED, "session:");
            String session = connected.replaceFirst("(?s).*\\nsession:([^\\n]*)\\n.*", "$1");
            first.getBean(SimpMessagingTemplate.class).convertAndSendToUser(session, "/queue/news", "for bob alone");
            bob.await(StompCommand.MESSAGE, "for bob alone");
        }
    }

    @Test
    void isDegradedWithoutTheBrokerAndServesItsOwnClients() {
        try (TestClient ann = client(first).subscribe("g", "/topic/greetings")) {
            assertThat(health().getCode()).isEqualTo("UP");
            HUB.stop();
            assertThat(health().getCode()).isEqualTo("DEGRADED");
            ann.sendTo("/app/greet", "the lonely");
            ann.await(StompCommand.MESSAGE, "hello the lonely");
        } finally {
            HUB.start();
        }
        assertThat(health().getCode()).isEqualTo("UP");
    }

    @Test
    void applicationsAtTheBrokerPublishWhereTheyMayAndGetWhatTheyMay() {
        ListedExchange exchange = first.getBean(ListedExchange.class);
        try (TestClient bob = client(second).subscribe("n", "/topic/news/today")) {
            exchange.send("/topic/news/today", "from outside")
                    .toCompletableFuture()
                    .join();
            bob.await(StompCommand.MESSAGE, "from outside");
            assertThat(exchange.send("/topic/greetings", "not here").toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withMessageContaining("/topic/greetings");
        }
        first.getBean(SimpMessagingTemplate.class).convertAndSend("/topic/greetings", "for all at the broker");
        assertThat(exchange.got).contains("/topic/greetings for all at the broker");
        assertThat(exchange.got).noneMatch(text -> text.startsWith("/topic/news"));
        assertThat(second.getBean(ListedExchange.class).got).noneMatch(text -> text.endsWith("at the broker"));
    }

    private static Status health() {
        return first.getBean("maruClusterHealthIndicator", HealthIndicator.class)
                .health()
                .getStatus();
    }

    private static TestClient client(ConfigurableApplicationContext node) {
        return TestClient.connected(RunningTutorial.port(node));
    }
}
