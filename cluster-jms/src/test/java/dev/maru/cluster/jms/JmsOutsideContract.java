package dev.maru.cluster.jms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applications that use a broker's own client, as docs/cluster/activemq.md shows. */
abstract class JmsOutsideContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger CLUSTERS = new AtomicInteger();
    private static final int RECEIVE_MILLIS = 20_000;

    private final String cluster = "outside" + CLUSTERS.incrementAndGet();
    private final List<JmsOutsideExchange> exchanges = new ArrayList<>();

    abstract TestBroker broker();

    @AfterEach
    final void closeExchanges() {
        exchanges.forEach(JmsOutsideExchange::close);
    }

    private JmsOutsideExchange exchange(JmsOutlet outlet, Function<OutsideMessage, CompletionStage<?>> publish) {
        JmsOutsideExchange made = new JmsOutsideExchange(
                new JmsOutsideExchange.Settings("the broker", broker().factory(), cluster, true, outlet));
        exchanges.add(made);
        made.start(publish);
        return made;
    }

    private static CompletionStage<?> done() {
        return CompletableFuture.completedStage(null);
    }

    private void publish(JmsOutsideExchange exchange, String destination, MessageContent content) {
        await().atMost(PATIENCE)
                .until(() -> exchange.publish(destination, content)
                        .handle((_, failure) -> failure == null)
                        .toCompletableFuture()
                        .join());
    }

    /** The example of the documentation. */
    @Test
    void anApplicationSendsToARoom() {
        ConcurrentLinkedQueue<OutsideMessage> got = new ConcurrentLinkedQueue<>();
        exchange(JmsOutlet.TOPIC, message -> {
            got.add(message);
            return done();
        });

        try (JMSContext context = broker().factory().createContext()) {
            context.createProducer()
                    .setProperty("destination", "/topic/public/lobby")
                    .setProperty("contentType", "application/json")
                    .setProperty("lang", "ko")
                    .send(context.createQueue(cluster + ".in"), "{\"content\":\"안녕\"}");
            BytesMessage bytes = context.createBytesMessage();
            bytes.writeBytes(new byte[] {0, -1});
            context.createProducer()
                    .setProperty("destination", "/topic/bytes")
                    .send(context.createQueue(cluster + ".in"), bytes);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }

        await().atMost(PATIENCE).until(() -> got.size() == 2);
        OutsideMessage text = got.remove();
        assertThat(text.destination()).isEqualTo("/topic/public/lobby");
        assertThat(new String(text.content().body(), UTF_8)).isEqualTo("{\"content\":\"안녕\"}");
        assertThat(text.content().contentType()).isEqualTo("application/json");
        assertThat(text.content().headers()).isEqualTo(StompHeaders.of("lang", "ko"));
        assertThat(got.remove().content().body()).containsExactly(0, -1);
    }

    /** The example of the documentation. */
    @Test
    void applicationsGetWhatIsPublishedByTopicAndByQueue() throws Exception {
        JmsOutsideExchange exchange = exchange(JmsOutlet.BOTH, _ -> done());
        try (JMSContext context = broker().factory().createContext()) {
            var byTopic = context.createConsumer(context.createTopic(cluster + ".out"));
            publish(
                    exchange,
                    "/topic/public/lobby",
                    new MessageContent("안녕".getBytes(UTF_8), "text/plain", StompHeaders.of("lang", "ko", "x-no", "1")));
            var byQueue = context.createConsumer(context.createQueue(cluster + ".out.queue"));
            for (Message got : List.of(byTopic.receive(RECEIVE_MILLIS), byQueue.receive(RECEIVE_MILLIS))) {
                assertThat(((TextMessage) got).getText()).isEqualTo("안녕");
                assertThat(got.getStringProperty("destination")).isEqualTo("/topic/public/lobby");
                assertThat(got.getStringProperty("contentType")).isEqualTo("text/plain");
                assertThat(got.getStringProperty("lang")).isEqualTo("ko");
            }
            publish(exchange, "/topic/bytes", MessageContent.bytes(new byte[] {0, -1}));
            assertThat(byQueue.receive(RECEIVE_MILLIS).getBody(byte[].class)).containsExactly(0, -1);
        }
    }

    @Test
    void dropsWhatIsRefusedOrMalformedAndGoesOn() {
        ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        exchange(JmsOutlet.TOPIC, message -> {
            asked.add(message.destination());
            return message.destination().equals("/forbidden")
                    ? CompletableFuture.failedStage(new Refusal(SessionFault.FORBIDDEN, "no"))
                    : done();
        });
        send("/forbidden", "/fine");
        try (JMSContext context = broker().factory().createContext()) {
            context.createProducer().send(context.createQueue(cluster + ".in"), "to nowhere");
            context.createProducer()
                    .setProperty("destination", "/no/body")
                    .send(context.createQueue(cluster + ".in"), context.createMessage());
        }
        send("/end");

        await().atMost(PATIENCE).until(() -> asked.contains("/end"));
        assertThat(asked).containsExactly("/forbidden", "/fine", "/end");
        exchanges.removeLast().close();
        List<String> rest = new ArrayList<>();
        exchange(JmsOutlet.TOPIC, message -> {
            rest.add(message.destination());
            return done();
        });
        send("/after");
        await().atMost(PATIENCE).until(() -> rest.contains("/after"));
        assertThat(rest).containsExactly("/after");
    }

    @Test
    void triesAgainWhileTheStoreIsGone() {
        AtomicInteger attempts = new AtomicInteger();
        ConcurrentLinkedQueue<String> stored = new ConcurrentLinkedQueue<>();
        exchange(JmsOutlet.TOPIC, message -> {
            if (message.destination().equals("/b") && attempts.incrementAndGet() < 3) {
                return CompletableFuture.failedStage(new IllegalStateException("the database is gone"));
            }
            stored.add(message.destination());
            return done();
        });
        send("/a", "/b");
        await().atMost(PATIENCE).until(() -> stored.contains("/b"));
        assertThat(stored).containsExactly("/a", "/b");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void oneOfAllNodesTakesEachMessageAndWhatALostOneHadIsTakenByAnother() {
        ConcurrentLinkedQueue<String> stored = new ConcurrentLinkedQueue<>();
        JmsOutsideExchange hanging = exchange(JmsOutlet.TOPIC, _ -> new CompletableFuture<>());
        send("/stuck");
        hanging.close();
        Function<OutsideMessage, CompletionStage<?>> storing = message -> {
            stored.add(message.destination());
            return done();
        };
        exchange(JmsOutlet.TOPIC, storing);
        exchange(JmsOutlet.TOPIC, storing);
        String[] many = IntStream.range(0, 300).mapToObj(i -> "/" + i).toArray(String[]::new);
        send(many);
        await().atMost(PATIENCE).until(() -> stored.size() >= 301);
        assertThat(stored)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("/stuck"), Stream.of(many)).toList());
    }

    @Test
    void goesOnWhenTheBrokerIsBack() throws Exception {
        ConcurrentLinkedQueue<String> stored = new ConcurrentLinkedQueue<>();
        JmsOutsideExchange exchange = exchange(JmsOutlet.TOPIC, message -> {
            stored.add(message.destination());
            return done();
        });
        send("/before");
        await().atMost(PATIENCE).until(() -> stored.contains("/before"));
        broker().stop();
        await().atMost(PATIENCE)
                .until(() -> exchange.publish("/lost", MessageContent.bytes(new byte[1]))
                        .handle((_, failure) -> failure != null)
                        .toCompletableFuture()
                        .join());
        broker().start();
        send("/after");
        await().atMost(PATIENCE).until(() -> stored.contains("/after"));
        publish(exchange, "/topic/again", MessageContent.bytes(new byte[1]));
    }

    private void send(String... destinations) {
        try (JMSContext context = broker().factory().createContext()) {
            for (String destination : destinations) {
                JMSProducer producer = context.createProducer().setProperty("destination", destination);
                producer.send(context.createQueue(cluster + ".in"), "body");
            }
        }
    }
}
