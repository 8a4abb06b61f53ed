package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompCommand;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Controller;
import org.springframework.validation.FieldError;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** What most applications have beside their messages: rules for what they take, and a clock of their own. */
class OrdinaryApplicationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
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
        Names names() {
            return new Names();
        }

        @Bean
        Clock clock(SimpMessagingTemplate template) {
            return new Clock(template);
        }
    }

    @Controller
    static class Names {

        record Name(@NotBlank String name) {}

        @MessageMapping("name")
        @SendTo("/topic/names")
        Name name(@Valid Name name) {
            return name;
        }

        @MessageExceptionHandler
        @SendToUser("/queue/wrong")
        List<String> wrong(MethodArgumentNotValidException invalid) {
            return invalid.getBindingResult().getFieldErrors().stream()
                    .map(FieldError::getField)
                    .toList();
        }
    }

    static class Clock {
        private final SimpMessagingTemplate template;

        Clock(SimpMessagingTemplate template) {
            this.template = template;
        }

        @Scheduled(fixedRate = 20)
        void tick() {
            template.convertAndSend("/topic/ticks", "tick");
        }
    }

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(new String[0], Application.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void handsMethodsOnlyWhatKeepsItsRules() {
        try (TestClient client = TestClient.connected(RunningTutorial.port(application))) {
            client.subscribe("wrong", "/user/queue/wrong").subscribe("names", "/topic/names");
            client.sendTo("/app/name", "{\"name\":\" \"}");
            client.sendTo("/app/name", "{\"name\":\"Jane\"}");

            assertThat(client.await(StompCommand.MESSAGE, "subscription:names")).contains("Jane");
            assertThat(TestClient.body(client.await(StompCommand.MESSAGE, "subscription:wrong")))
                    .isEqualTo("[\"name\"]");
        }
    }

    @Test
    void publishesWhatAScheduleSays() {
        try (TestClient client = TestClient.connected(RunningTutorial.port(application))) {
            client.subscribe("ticks", "/topic/ticks");

            assertThat(TestClient.body(client.await(StompCommand.MESSAGE, "subscription:ticks")))
                    .isEqualTo("tick");
        }
    }
}
