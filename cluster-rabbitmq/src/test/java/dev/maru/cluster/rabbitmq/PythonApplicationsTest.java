package dev.maru.cluster.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import dev.maru.testkit.Installed;
import dev.maru.testkit.RabbitMqServer;
import dev.maru.testkit.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scripts of docs/cluster/rabbitmq.md, as they stand there. */
class PythonApplicationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path DOCS = Path.of("..", "docs", "cluster", "rabbitmq");
    private static final Path SYSTEM = Path.of("/usr/bin");
    private static final String TALK =
            "{\"roomId\":\"tea\",\"type\":\"TALK\",\"sender\":\"jane\",\"message\":\"차 한 잔\"}";

    private final List<OutsideMessage> taken = new CopyOnWriteArrayList<>();
    private RabbitOutsideExchange node;
    private Map<String, String> environment;

    @BeforeEach
    void start() throws Exception {
        int port = RabbitMqServer.shared().port();
        environment =
                Map.of("MARU_AMQP", "amqp://guest:guest@127.0.0.1:" + port + "/%2f", "PYTHONDONTWRITEBYTECODE", "1");
        node = new RabbitOutsideExchange(
                RabbitAddress.of("127.0.0.1", port), UUID.randomUUID().toString(), true);
        node.start(message -> {
            taken.add(message);
            return CompletableFuture.completedStage(null);
        });
        await().atMost(PATIENCE)
                .until(() -> node.publish("/nobody", MessageContent.bytes(new byte[0]))
                        .handle((_, failure) -> failure == null)
                        .toCompletableFuture()
                        .join());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void anApplicationInPythonWritesIntoARoom() throws Exception {
        Script.run(DOCS, environment, List.of(python("pika"), "publish.py", "tea", "jane", "차 한 잔"));
        await().atMost(PATIENCE).until(() -> taken.size() == 1);
        assertThat(taken.getFirst().destination()).isEqualTo("/topic/public/tea");
        assertThat(taken.getFirst().content().contentType()).isEqualTo("application/json");
        assertThat(new String(taken.getFirst().content().body(), UTF_8))
                .contains("\"message\": \"차 한 잔\"", "\"clientMessageId\"");
    }

    @Test
    void anApplicationInPythonHearsWhatIsSaid() throws Exception {
        try (Script listener = Script.start(DOCS, environment, List.of(python("pika"), "listen.py", "1"))) {
            listener.awaitLine("listening");
            say();
            listener.awaitLine("/topic/public/tea " + TALK);
        }
    }

    @Test
    void aCeleryWorkerRunsATaskForEachMessage() throws Exception {
        List<String> worker = List.of(
                python("celery"), "-m", "celery", "--app", "rooms", "worker", "--pool", "solo", "--loglevel", "INFO");
        try (Script celery = Script.start(DOCS, environment, worker)) {
            celery.awaitLine("ready.");
            say();
            celery.awaitLine("/topic/public/tea: jane says 차 한 잔");
        }
    }

    private void say() {
        node.publish("/topic/public/tea", MessageContent.json(TALK.getBytes(UTF_8)))
                .toCompletableFuture()
                .join();
    }

    private static String python(String module) throws Exception {
        return Installed.requirePython(module, SYSTEM).toString();
    }
}
