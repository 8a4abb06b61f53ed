package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.stomp.StompCommand;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.stereotype.Controller;

/** What an application with the actuator can see. */
class ActuatorTest {
    private static final List<String> OBSERVED = new CopyOnWriteArrayList<>();

    private static ConfigurableApplicationContext application;
    private static int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        ObservationRegistry observationRegistry() {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(new Noting());
            return registry;
        }

        @Bean
        Talk talk() {
            return new Talk();
        }
    }

    /** Notes observations of frames when they are over. */
    private static final class Noting implements ObservationHandler<Observation.Context> {
        @Override
        public void onStop(Observation.Context context) {
            OBSERVED.add(
                    context.getHighCardinalityKeyValue("destination").getValue() + " " + (context.getError() == null));
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return "maru.frame".equals(context.getName());
        }
    }

    @Controller
    static class Talk {
        @MessageMapping("say")
        void say(String text) {}

        @MessageMapping("fail")
        void fail(String text) {
            throw new IllegalStateException(text);
        }
    }

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(
                new String[] {"--management.endpoint.health.show-details=always"}, Application.class);
        port = RunningTutorial.port(application);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void forget() {
        OBSERVED.clear();
    }

    @Test
    void tellsTheHealthOfTheEngine() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                TestClient ann = TestClient.connected(port)) {
            ann.await(StompCommand.CONNECTED);
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"))
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("\"maru\":{\"details\":{\"sessions\":1},\"status\":\"UP\"}");
        }
    }

    @Test
    void observesEachFrameThatAMethodHandles() {
        try (TestClient ann = TestClient.connected(port).subscribe("e", "/user/queue/errors")) {
            ann.sendTo("/app/say", "hello").sendTo("/app/fail", "badly");
            await().until(() -> OBSERVED.size() == 2);
            assertThat(OBSERVED).containsExactly("/app/say true", "/app/fail false");
        }
    }
}
