package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.stomp.StompCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** What fails in an application that was written for Spring's broker costs nobody the connection. */
class LenientMethodsTest {

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
            registry.enableSimpleBroker("/topic", "/queue");
            registry.setApplicationDestinationPrefixes("/app");
        }

        @Bean
        Failing failing() {
            return new Failing();
        }
    }

    @Controller
    static class Failing {

        record Point(int x, int y) {}

        @MessageMapping("point")
        @SendTo("/topic/points")
        Point point(Point point) {
            return point;
        }

        @MessageMapping("broken")
        void broken() {
            throw new IllegalStateException("a secret of the method");
        }

        @MessageMapping("broken/later")
        CompletableFuture<String> brokenLater() {
            return CompletableFuture.failedFuture(new IllegalStateException("a secret of the future"));
        }

        @MessageMapping("broken/twice")
        void brokenTwice() {
            throw new IllegalArgumentException("handled");
        }

        @MessageExceptionHandler(IllegalArgumentException.class)
        void mishandle(IllegalArgumentException handled) {
            throw new IllegalStateException("a secret of the handler", handled);
        }

        @MessageMapping("refused")
        void refused() {
            throw new Refusal(SessionFault.FORBIDDEN, "not you");
        }
    }

    private static ConfigurableApplicationContext application;

    private final List<TestClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(new String[0], Application.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(TestClient::close);
    }

    private TestClient client() {
        TestClient client = TestClient.connected(RunningTutorial.port(application));
        clients.add(client);
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "point", "broken", "broken/later", "broken/twice"})
    void keepsTheConnectionOfWhoSendsWhatFails(String name) {
        TestClient ann = client().subscribe("0", "/topic/points");
        ann.sendTo("/app/" + name, "no json");
        ann.sendTo("/app/point", "{\"x\":1,\"y\":2}");
        ann.await(StompCommand.MESSAGE, "\"y\":2");
        assertThat(ann.received(StompCommand.ERROR)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "point", "broken", "broken/later", "broken/twice"})
    void answersByErrorWhereAReceiptIsAsked(String name) {
        TestClient ann = client();
        ann.sendTo("/app/" + name, "no json", "receipt:r");
        assertThat(ann.await(StompCommand.ERROR)).contains("receipt-id:r\n").doesNotContain("secret");
        assertThat(ann.awaitClose()).isEqualTo(1008);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "point", "broken", "broken/later", "broken/twice"})
    void tellsWhoListensForRefusals(String name) {
        TestClient ann = client().subscribe("e", "/user/queue/errors");
        ann.sendTo("/app/" + name, "no json");
        assertThat(ann.await(StompCommand.MESSAGE, "subscription:e\n", "code:")).doesNotContain("secret");
    }

    @Test
    void endsTheConnectionWhereAMethodRefuses() {
        TestClient ann = client();
        ann.sendTo("/app/refused", "");
        assertThat(ann.await(StompCommand.ERROR)).contains("message:forbidden\n", "not you");
        assertThat(ann.awaitClose()).isEqualTo(1008);
    }
}
