package dev.maru.cluster.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications that use Kafka's own client, as docs/cluster/kafka.md shows. */
class KafkaOutsideTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static KafkaServer server;

    private final String cluster = "outside" + CLUSTERS.incrementAndGet();
    private final List<KafkaOutsideExchange> exchanges = new ArrayList<>();

    @BeforeAll
    static void startKafka() throws Exception {
        server = new KafkaServer(folder);
        server.start();
    }

    @AfterAll
    static void endKafka() {
        server.close();
    }

    @AfterEach
    void closeExchanges() {
        exchanges.forEach(KafkaOutsideExchange::close);
    }

    private KafkaOutsideExchange exchange(Function<OutsideMessage, CompletionStage<?>> publish) {
        KafkaOutsideExchange made = new KafkaOutsideExchange(
                new KafkaSettings(cluster, Map.of("bootstrap.servers", server.address())), true);
        exchanges.add(made);
        made.start(publish);
        return made;
    }

    private static CompletionStage<?> done() {
        return CompletableFuture.completedStage(null);
    }

    private static void publish(KafkaOutsideExchange exchange, String destination, MessageContent content) {
        await().atMost(PATIENCE)
                .until(() -> exchange.publish(destination, content)
                        .handle((_, failure) -> failure == null)
                        .toCompletableFuture()
                        .join());
    }

    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", server.address()), new StringSerializer(), new StringSerializer());
    }

    private void send(String... destinations) {
        try (KafkaProducer<String, String> producer = producer()) {
            for (String destination : destinations) {
                producer.send(new ProducerRecord<>(cluster + ".in", destination, "body"));
            }
        }
    }

    /** The example of the documentation. */
    @Test
    void anApplicationSendsToARoom() {
        ConcurrentLinkedQueue<OutsideMessage> got = new ConcurrentLinkedQueue<>();
        exchange(message -> {
            got.add(message);
            return done();
        });
        try (KafkaProducer<String, String> producer = producer()) {
            ProducerRecord<String, String> record =
                    new ProducerRecord<>(cluster + ".in", "/topic/public/lobby", "{\"content\":\"안녕\"}");
            record.headers().add("content-type", "application/json".getBytes(UTF_8));
            record.headers().add("lang", "ko".getBytes(UTF_8));
            producer.send(record);
            ProducerRecord<String, String> named = new ProducerRecord<>(cluster + ".in", "any key", "body");
            named.headers().add("destination", "/topic/named".getBytes(UTF_8));
            producer.send(named);
        }

        await().atMost(PATIENCE).until(() -> got.size() == 2);
        assertThat(got).extracting(OutsideMessage::destination).contains("/topic/public/lobby", "/topic/named");
        OutsideMessage room = got.stream()
                .filter(one -> one.destination().equals("/topic/public/lobby"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(room.content().body(), UTF_8)).isEqualTo("{\"content\":\"안녕\"}");
        assertThat(room.content().contentType()).isEqualTo("application/json");
        assertThat(room.content().headers()).isEqualTo(StompHeaders.of("lang", "ko"));
    }

    /** The example of the documentation. */
    @Test
    void anApplicationGetsWhatIsPublished() {
        KafkaOutsideExchange exchange = exchange(_ -> done());
        publish(
                exchange,
                "/topic/public/lobby",
                new MessageContent("안녕".getBytes(UTF_8), "text/plain", StompHeaders.of("lang", "ko")));
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", server.address(), "group.id", "application", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(cluster + ".out"));
            List<ConsumerRecord<String, String>> got = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(got::add);
                return !got.isEmpty();
            });
            ConsumerRecord<String, String> first = got.getFirst();
            assertThat(first.key()).isEqualTo("/topic/public/lobby");
            assertThat(first.value()).isEqualTo("안녕");
            assertThat(first.headers().lastHeader("content-type").value())
                    .asString()
                    .isEqualTo("text/plain");
            assertThat(first.headers().lastHeader("lang").value()).asString().isEqualTo("ko");
        }
    }

    @Test
    void dropsWhatIsRefusedOrMalformedAndRemembersThat() {
        ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        Function<OutsideMessage, CompletionStage<?>> publish = message -> {
            asked.add(message.destination());
            return message.destination().equals("/forbidden")
                    ? CompletableFuture.failedStage(new Refusal(SessionFault.FORBIDDEN, "no"))
                    : done();
        };
        exchange(publish);
        try (KafkaProducer<String, String> producer = producer()) {
            producer.send(new ProducerRecord<>(cluster + ".in", 0, null, "to nowhere"));
            producer.send(new ProducerRecord<>(cluster + ".in", 0, "/no/body", null));
            producer.send(new ProducerRecord<>(cluster + ".in", 0, "/forbidden", "body"));
            producer.send(new ProducerRecord<>(cluster + ".in", 0, "/fine", "body"));
        }
        await().atMost(PATIENCE).until(() -> asked.contains("/fine"));
        exchanges.removeLast().close();
        exchange(publish);
        send("/after");
        await().atMost(PATIENCE).until(() -> asked.contains("/after"));
        assertThat(asked).containsExactly("/forbidden", "/fine", "/after");
    }

    @Test
    void triesAgainWhileTheStoreIsGone() {
        AtomicInteger attempts = new AtomicInteger();
        ConcurrentLinkedQueue<String> stored = new ConcurrentLinkedQueue<>();
        exchange(message -> {
            if (message.destination().equals("/b") && attempts.incrementAndGet() < 3) {
                return CompletableFuture.failedStage(new IllegalStateException("the database is gone"));
            }
            stored.add(message.destination());
            return done();
        });
        send("/a", "/b");
        await().atMost(PATIENCE).until(() -> stored.size() == 2);
        assertThat(stored).containsExactlyInAnyOrder("/a", "/b");
        assertThat(attempts).hasValue(3);
    }
}
