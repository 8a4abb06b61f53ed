package dev.maru.cluster.kafka;

import dev.maru.engine.cluster.ClusterUnavailableException;
import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.engine.cluster.OutsideHandover;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applications that speak Kafka. Records of the topic {@code <cluster>.in} are taken by the nodes as one consumer group,
 * which has the cluster's name; offsets are committed when the messages are stored, so one may be stored twice when a
 * node is lost in between. What is published to destinations goes to the topic {@code <cluster>.out}, keyed by its
 * destination. Topics that are missing are made, with 8 partitions and otherwise as the broker makes them.
 *
 * <p>Safe for any thread. Works on one thread of its own.
 */
public final class KafkaOutsideExchange implements OutsideExchange {
    private static final Logger log = LoggerFactory.getLogger(KafkaOutsideExchange.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofMillis(20);
    private static final Duration GOODBYE = Duration.ofSeconds(1);
    private static final int PARTITIONS = 8;

    private final KafkaSettings settings;
    private final boolean taking;
    private final Closing closing = new Closing();
    private @Nullable Thread thread;
    private volatile @Nullable Producer<byte[], byte[]> producer;
    private String lastFailure = "";

    /** @param taking whether messages are taken; if not, nobody reads the topic for them, and it is not made */
    public KafkaOutsideExchange(KafkaSettings settings, boolean taking) {
        this.settings = settings;
        this.taking = taking;
    }

    private String in() {
        return settings.cluster() + ".in";
    }

    private String out() {
        return settings.cluster() + ".out";
    }

    @Override
    public synchronized void start(Function<OutsideMessage, CompletionStage<?>> publish) {
        thread = Thread.ofPlatform()
                .name("maru-kafka-outside")
                .daemon()
                .start(() -> run(new OutsideHandover(publish, InstantSource.system())));
    }

    private void run(OutsideHandover handover) {
        while (!closing.isBegun()) {
            try {
                exchange(handover);
            } catch (RuntimeException e) {
                report(e);
                closing.pause(RETRY);
            }
        }
    }

    private void report(RuntimeException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (!closing.isBegun() && !reason.equals(lastFailure)) {
            log.warn("messages from and to applications wait for Kafka: {}", reason);
            lastFailure = reason;
        }
    }

    private void exchange(OutsideHandover handover) {
        makeTopics();
        try (Producer<byte[], byte[]> opened = new KafkaProducer<>(settings.producer())) {
            warm(opened);
            producer = opened;
            lastFailure = "";
            if (taking) {
                take(handover);
            } else {
                closing.pause(Duration.ofDays(365));
            }
        } finally {
            producer = null;
        }
    }

    private void take(OutsideHandover handover) {
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.member());
        try {
            new KafkaIntake(consumer, handover).run(in(), closing);
        } finally {
            consumer.close(CloseOptions.timeout(GOODBYE));
        }
    }

    private void makeTopics() {
        try (Admin admin = Admin.create(settings.admin())) {
            make(admin, out());
            if (taking) {
                make(admin, in());
            }
        }
    }

    private void make(Admin admin, String name) {
        NewTopic topic = new NewTopic(name, Optional.of(PARTITIONS), Optional.empty());
        closing.await(Topics.findOrMake(admin, topic));
    }

    private void warm(Producer<byte[], byte[]> opened) {
        while (!closing.isBegun() && !isWarm(opened)) {
            closing.pause(WARM_UP);
        }
    }

    private boolean isWarm(Producer<byte[], byte[]> opened) {
        try {
            return !opened.partitionsFor(out()).isEmpty();
        } catch (TimeoutException _) {
            return false;
        }
    }

    @Override
    public CompletionStage<Void> publish(String destination, MessageContent content) {
        Producer<byte[], byte[]> current = producer;
        CompletableFuture<Void> taken = new CompletableFuture<>();
        if (current == null) {
            taken.completeExceptionally(new ClusterUnavailableException("not connected to Kafka"));
            return taken;
        }
        try {
            current.send(OutsideRecords.write(out(), destination, content), (_, failure) -> {
                if (failure == null) {
                    taken.complete(null);
                } else {
                    taken.completeExceptionally(refused(failure));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            taken.completeExceptionally(refused(e));
        }
        return taken;
    }

    private static ClusterUnavailableException refused(Exception failure) {
        return new ClusterUnavailableException("Kafka did not take a message: " + failure.getMessage(), failure);
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        closing.begin(running);
    }
}
