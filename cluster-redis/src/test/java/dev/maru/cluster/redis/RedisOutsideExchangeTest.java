package dev.maru.cluster.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import dev.maru.testkit.RedisServer;
import dev.maru.testkit.Script;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisOutsideExchangeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static RedisServer server;
    private static RedisClient client;

    private final String cluster = UUID.randomUUID().toString();
    private final String room = "/topic/public/" + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void startRedis() throws Exception {
        server = RedisServer.start();
        client = RedisClient.create(server.uri());
    }

    @AfterAll
    static void stopRedis() throws Exception {
        if (server != null) {
            client.shutdown();
            server.close();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void takesWhatApplicationsPublishOnceHoweverManyNodesThereAre() {
        List<OutsideMessage> taken = new CopyOnWriteArrayList<>();
        for (int node = 0; node < 3; node++) {
            node(taken);
        }
        RedisCommands<String, String> application = application();
        awaitTaker(application);

        for (int i = 0; i < 100; i++) {
            application.publish(room, "{\"message\":\"" + i + "\"}");
        }

        await().atMost(PATIENCE).until(() -> bodies(taken).contains("{\"message\":\"99\"}"));
        assertThat(bodies(taken)).hasSize(100).doesNotHaveDuplicates();
        assertThat(bodies(taken).getFirst()).isEqualTo("{\"message\":\"0\"}");
        assertThat(taken).allSatisfy(message -> {
            assertThat(message.destination()).isEqualTo(room);
            assertThat(message.content().contentType()).isEqualTo("application/json");
        });
    }

    @Test
    void anotherNodeTakesOverWhenTheOneIsClosed() {
        List<OutsideMessage> first = new CopyOnWriteArrayList<>();
        List<OutsideMessage> second = new CopyOnWriteArrayList<>();
        RedisOutsideExchange one = node(first);
        RedisCommands<String, String> application = application();
        awaitTaker(application);
        node(second);

        one.close();
        awaitTaker(application);
        application.publish(room, "hello");

        await().atMost(PATIENCE).until(() -> bodies(second).contains("hello"));
        assertThat(first).isEmpty();
    }

    @Test
    void handsOutWhatIsPublishedAndNeverTakesItBack() {
        List<OutsideMessage> taken = new CopyOnWriteArrayList<>();
        RedisOutsideExchange node = node(taken);
        RedisCommands<String, String> application = application();
        awaitTaker(application);
        List<String> heard = new CopyOnWriteArrayList<>();
        var listening = client.connectPubSub();
        open.add(listening);
        listening.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                heard.add(channel + " " + message);
            }
        });
        listening.sync().subscribe("maru:out:" + room);

        node.publish(room, MessageContent.json("{}".getBytes(UTF_8)))
                .toCompletableFuture()
                .join();
        application.publish(room, "mark");

        await().atMost(PATIENCE).until(() -> heard.equals(List.of("maru:out:" + room + " {}")));
        await().atMost(PATIENCE).until(() -> bodies(taken).equals(List.of("mark")));
    }

    @Test
    void theScriptsOfTheDocumentationWriteAndListen() throws Exception {
        Path docs = Path.of("..", "docs", "cluster", "redis");
        Map<String, String> environment = Map.of("MARU_REDIS", server.uri());
        List<OutsideMessage> taken = new CopyOnWriteArrayList<>();
        RedisOutsideExchange node = node(taken);
        awaitTaker(application());
        String id = room.substring("/topic/public/".length());
        try (Script listener = Script.start(docs, environment, List.of("./listen"))) {
            listener.awaitLine("psubscribe");
            Script.run(docs, environment, List.of("./talk", id, "jane", "hello"));
            node.publish(room, MessageContent.json("said".getBytes(UTF_8)))
                    .toCompletableFuture()
                    .join();
            listener.awaitLine("maru:out:" + room);
            listener.awaitLine("said");
        }
        await().atMost(PATIENCE).until(() -> taken.size() == 1);
        assertThat(bodies(taken))
                .containsExactly(
                        "{\"roomId\":\"" + id + "\",\"type\":\"TALK\",\"sender\":\"jane\",\"message\":\"hello\"}");
    }

    @Test
    void goesOnAfterAMessageThatIsRefused() {
        List<OutsideMessage> taken = new CopyOnWriteArrayList<>();
        RedisOutsideExchange node = new RedisOutsideExchange(RedisAddress.of(server.uri()), cluster, List.of(room));
        open.add(node);
        node.start(message -> {
            if (bodies(List.of(message)).contains("throws")) {
                throw new IllegalStateException("a handler's fault");
            }
            boolean bad = bodies(List.of(message)).contains("bad");
            return bad ? CompletableFuture.failedStage(new IllegalArgumentException("bad")) : stored(taken, message);
        });
        RedisCommands<String, String> application = application();
        awaitTaker(application);

        application.publish(room, "bad");
        application.publish(room, "throws");
        application.publish(room, "good");

        await().atMost(PATIENCE).until(() -> bodies(taken).equals(List.of("good")));
    }

    private RedisOutsideExchange node(List<OutsideMessage> taken) {
        RedisOutsideExchange node = new RedisOutsideExchange(RedisAddress.of(server.uri()), cluster, List.of(room));
        open.add(node);
        node.start(message -> stored(taken, message));
        return node;
    }

    private static CompletionStage<?> stored(List<OutsideMessage> taken, OutsideMessage message) {
        taken.add(message);
        return CompletableFuture.completedStage(null);
    }

    private RedisCommands<String, String> application() {
        var connection = client.connect();
        open.add(connection);
        return connection.sync();
    }

    /** Each test has a pattern of its own, but the server counts those of all. */
    private void awaitTaker(RedisCommands<String, String> application) {
        await().atMost(PATIENCE).until(() -> application.pubsubNumpat() == 1);
    }

    private static List<String> bodies(List<OutsideMessage> messages) {
        return messages.stream()
                .map(message -> new String(message.content().body(), UTF_8))
                .toList();
    }
}
