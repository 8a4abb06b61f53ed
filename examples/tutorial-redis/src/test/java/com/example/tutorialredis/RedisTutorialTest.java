package com.example.tutorialredis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.cluster.redis.RedisAddress;
import dev.maru.cluster.redis.RedisOutsideExchange;
import dev.maru.testkit.RedisServer;
import dev.maru.testkit.StompTestClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class RedisTutorialTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HELLO =
            "{\"roomId\":\"tea\",\"type\":\"TALK\",\"sender\":\"jane\",\"message\":\"hello\"}";

    private static RedisServer redis;
    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.start();
        first = application();
        second = application();
    }

    @AfterAll
    static void stop() throws Exception {
        if (redis != null) {
            first.close();
            second.close();
            redis.close();
        }
    }

    @Test
    void whatIsSaidOnOneServerIsHeardOnTheOther() {
        try (StompTestClient jane = client(first);
                StompTestClient tom = client(second)) {
            jane.subscribed("room", "/topic/public/tea");
            tom.subscribed("room", "/topic/public/tea");
            tom.send("/app/chat/addUser", join("tom"));
            tom.await(frame -> frame.text().contains("\"tom\""));
            jane.send("/app/chat/addUser", join("jane"));
            tom.await(frame -> frame.text().contains("\"jane\""));

            jane.send("/app/chat/sendMessage", HELLO);

            assertThat(tom.await(frame -> frame.text().contains("hello")).text())
                    .contains("\"sender\":\"jane\"");
            jane.await(frame -> frame.text().contains("hello"));
        }
    }

    @Test
    void whatIsSaidHereReachesTheRoomsOfAMaruServer() {
        List<String> stored = new CopyOnWriteArrayList<>();
        try (RedisOutsideExchange maru =
                        new RedisOutsideExchange(RedisAddress.of(redis.uri()), "maru", List.of("/topic/public/*"));
                StompTestClient jane = client(first)) {
            maru.start(message -> {
                stored.add(message.destination() + " "
                        + new String(message.content().body(), UTF_8));
                return CompletableFuture.completedStage(null);
            });
            await().atMost(PATIENCE)
                    .until(() -> redis.control("PUBSUB", "NUMPAT").startsWith("1"));

            jane.send("/app/chat/sendMessage", HELLO);

            await().atMost(PATIENCE).until(() -> stored.size() == 1);
            assertThat(stored.getFirst())
                    .startsWith("/topic/public/tea {")
                    .contains("\"roomId\":\"tea\"", "\"type\":\"TALK\"", "\"sender\":\"jane\"", "\"message\":\"hello\"")
                    .doesNotContain("class");
        }
    }

    private static String join(String name) {
        return "{\"roomId\":\"tea\",\"type\":\"JOIN\",\"sender\":\"" + name + "\",\"message\":null}";
    }

    private static StompTestClient client(ConfigurableApplicationContext application) {
        String port = application.getEnvironment().getProperty("local.server.port");
        return StompTestClient.connected(URI.create("ws://127.0.0.1:" + port + "/ws/websocket"));
    }

    private static ConfigurableApplicationContext application() {
        return SpringApplication.run(
                RedisTutorialApplication.class, "--server.port=0", "--spring.data.redis.port=" + redis.port());
    }
}
