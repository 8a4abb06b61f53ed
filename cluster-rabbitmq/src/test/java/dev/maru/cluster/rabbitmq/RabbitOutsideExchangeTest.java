package dev.maru.cluster.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.message.MessageContent;
import dev.maru.testkit.RabbitMqServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RabbitOutsideExchangeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String cluster = UUID.randomUUID().toString();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<OutsideMessage> taken = new CopyOnWriteArrayList<>();
    private RabbitAddress address;
    private Channel application;

    @BeforeEach
    void connect() throws Exception {
        int port = RabbitMqServer.shared().port();
        address = RabbitAddress.of("127.0.0.1", port);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(port);
        Connection connection = factory.newConnection("an application");
        open.add(connection);
        application = connection.createChannel();
    }

    @AfterEach
    void close() throws Exception {
        application.queueDelete("maru.in." + cluster);
        application.queueDelete("maru.in." + cluster + ".dead");
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void takesEachMessageOnceHoweverManyNodesThereAre() throws Exception {
        node(this::stored);
        node(this::stored);
        for (int i = 0; i < 200; i++) {
            publish("topic.public.tea", null, Integer.toString(i));
        }
        await().atMost(PATIENCE).until(() -> taken.size() == 200);
        assertThat(bodies()).doesNotHaveDuplicates();
        assertThat(taken).allSatisfy(message -> {
            assertThat(message.destination()).isEqualTo("/topic/public/tea");
            assertThat(message.content().contentType()).isEqualTo("text/plain");
        });
        await().atMost(PATIENCE).until(() -> application.messageCount("maru.in." + cluster) == 0);
    }

    @Test
    void readsTheDestinationFromTheHeaderFirst() throws Exception {
        node(this::stored);
        publish("anything", Map.of("destination", "/topic/public/a.b", "colour", "green"), "hello");
        await().atMost(PATIENCE).until(() -> taken.size() == 1);
        assertThat(taken.getFirst().destination()).isEqualTo("/topic/public/a.b");
        assertThat(taken.getFirst().content().headers().get("colour")).isEqualTo("green");
        assertThat(taken.getFirst().content().headers().get("destination")).isNull();
    }

    @Test
    void keepsWhatCannotBeStoredNowUntilItCan() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        node(message -> down.get()
                ? CompletableFuture.failedStage(new Refusal(SessionFault.UNAVAILABLE, "the database is gone"))
                : stored(message));
        for (int i = 0; i < 20; i++) {
            publish("topic.public.tea", null, Integer.toString(i));
        }
        await().atMost(PATIENCE).until(() -> application.messageCount("maru.in." + cluster) == 20);
        assertThat(taken).isEmpty();

        down.set(false);
        await().atMost(PATIENCE).until(() -> taken.size() == 20);
        assertThat(bodies()).startsWith("0", "1", "2").endsWith("19").doesNotHaveDuplicates();
    }

    @Test
    void laysWhatIsMalformedOrRefusedAside() throws Exception {
        node(message -> new String(message.content().body(), UTF_8).equals("rude")
                ? CompletableFuture.failedStage(new Refusal(SessionFault.FORBIDDEN, "no"))
                : stored(message));
        publish("", Map.of("destination", "no slash"), "nowhere");
        publish("topic.public.tea", null, "rude");
        publish("topic.public.tea", null, "kind");

        await().atMost(PATIENCE).until(() -> bodies().equals(List.of("kind")));
        String dead = "maru.in." + cluster + ".dead";
        await().atMost(PATIENCE).until(() -> application.messageCount(dead) == 2);
        assertThat(application.messageCount("maru.in." + cluster)).isZero();
    }

    @Test
    void handsOutWhatIsPublishedAndNeverTakesItBack() throws Exception {
        RabbitOutsideExchange node = node(this::stored);
        String listening = application.queueDeclare().getQueue();
        application.queueBind(listening, "maru.out", "topic.public.*");

        node.publish("/topic/public/tea", MessageContent.json("{}".getBytes(UTF_8)))
                .toCompletableFuture()
                .join();
        node.publish("/topic/other", MessageContent.json("{}".getBytes(UTF_8)))
                .toCompletableFuture()
                .join();
        node.publish("/topic/public/" + "x".repeat(500), MessageContent.bytes(new byte[] {1}))
                .toCompletableFuture()
                .join();

        GetResponse first = get(listening);
        assertThat(first.getEnvelope().getRoutingKey()).isEqualTo("topic.public.tea");
        assertThat(first.getProps().getHeaders().get("destination")).hasToString("/topic/public/tea");
        assertThat(first.getProps().getContentType()).isEqualTo("application/json");
        assertThat(first.getBody()).isEqualTo("{}".getBytes(UTF_8));
        GetResponse second = get(listening);
        assertThat(second.getEnvelope().getRoutingKey()).hasSize(255);
        assertThat(second.getProps().getHeaders().get("destination").toString()).hasSize(514);
        assertThat(taken).isEmpty();
    }

    private RabbitOutsideExchange node(Function<OutsideMessage, CompletionStage<?>> publish) {
        RabbitOutsideExchange node = new RabbitOutsideExchange(address, cluster, true);
        open.add(node);
        node.start(publish);
        await().atMost(PATIENCE)
                .until(() -> node.publish("/nobody", MessageContent.bytes(new byte[0]))
                        .handle((_, failure) -> failure == null)
                        .toCompletableFuture()
                        .join());
        return node;
    }

    private CompletionStage<?> stored(OutsideMessage message) {
        taken.add(message);
        return CompletableFuture.completedStage(null);
    }

    private void publish(String key, Map<String, Object> headers, String body) throws Exception {
        BasicProperties properties = new BasicProperties.Builder()
                .contentType("text/plain")
                .headers(headers)
                .build();
        application.basicPublish("maru.in", key, properties, body.getBytes(UTF_8));
    }

    private GetResponse get(String queue) {
        return await().atMost(PATIENCE).until(() -> application.basicGet(queue, true), got -> got != null);
    }

    private List<String> bodies() {
        return taken.stream()
                .map(message -> new String(message.content().body(), UTF_8))
                .toList();
    }
}
