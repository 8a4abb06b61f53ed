package dev.maru.cluster.kafka;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ClusterUnavailableException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parcels over one topic of Kafka's, {@code maru.<cluster>.parcels}, which is made if it is missing: with as many
 * partitions as Maru has but at most 33, kept for ten minutes, records of at most 16 MiB. Each node reads those of its
 * partitions that it listens to, without a consumer group, from their end. After a break of up to a minute it goes on
 * where it was.
 *
 * <p>Safe for any thread. Connects and reads on one thread of its own, on which the receiver is called; stages of
 * {@link #publish} complete on the producer's, those of {@link #listen} on the admin client's.
 */
public final class KafkaClusterBroker implements ClusterBroker {
    private static final Logger log = LoggerFactory.getLogger(KafkaClusterBroker.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration WARM_UP = Duration.ofMillis(20);
    private static final int WARM_UPS = 250;

    private final KafkaSettings settings;
    private final Closing closing = new Closing();
    private final BitSet listened = new BitSet();
    private @Nullable Thread thread;
    private @Nullable KafkaLink link;
    private volatile @Nullable KafkaLink connected;
    private String lastFailure = "";

    public KafkaClusterBroker(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized void start(int partitions, ClusterReceiver receiver) {
        if (thread != null) {
            throw new IllegalStateException("started already");
        }
        thread = Thread.ofPlatform()
                .name("maru-kafka-" + settings.cluster())
                .daemon()
                .start(() -> run(partitions, receiver));
    }

    @Override
    public synchronized CompletionStage<Void> listen(int partition) {
        listened.set(partition);
        KafkaLink current = link;
        if (current == null) {
            return CompletableFuture.completedStage(null);
        }
        CompletionStage<Void> followed = current.follow(current.topic().carrierOf(partition));
        return isConnected() ? followed : CompletableFuture.completedStage(null);
    }

    @Override
    public synchronized void ignore(int partition) {
        listened.clear(partition);
    }

    private synchronized boolean isListened(int partition) {
        return listened.get(partition);
    }

    @Override
    public CompletionStage<Void> publish(int partition, byte[] parcel) {
        KafkaLink current = connected;
        return current == null
                ? CompletableFuture.failedStage(new ClusterUnavailableException("not connected to Kafka"))
                : current.publish(partition, parcel);
    }

    @Override
    public boolean isConnected() {
        return connected != null;
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        closing.begin(running);
        connected = null;
    }

    private void run(int partitions, ClusterReceiver receiver) {
        Bookmark bookmark = Bookmark.none();
        while (!closing.isBegun()) {
            bookmark = connect(partitions, receiver, bookmark);
            closing.pause(RETRY);
        }
    }

    /** One connection, from the attempt to its end. Returns where the next one may go on. */
    private Bookmark connect(int partitions, ClusterReceiver receiver, Bookmark bookmark) {
        try (Clients clients = Clients.open(settings)) {
            ParcelTopic topic =
                    closing.await(ParcelTopic.find(clients.admin(), ParcelTopic.name(settings), partitions));
            try (KafkaLink made = new KafkaLink(clients, topic, bookmark)) {
                settle(made);
                return serve(made, receiver);
            }
        } catch (RuntimeException e) {
            report(e);
            return bookmark;
        } finally {
            leave();
        }
    }

    /** Returns when all that is listened to is placed, and from then on is told of what else is. */
    private void settle(KafkaLink made) {
        synchronized (this) {
            link = made;
            carriers(made.topic()).forEach(made::follow);
        }
        warm(made);
        do {
            closing.await(made.settling());
        } while (!enter(made));
    }

    private void warm(KafkaLink made) {
        for (int attempt = 0; !made.isWarm(); attempt++) {
            if (attempt == WARM_UPS || closing.isBegun()) {
                throw new KafkaException("Kafka does not say where the partitions are");
            }
            closing.pause(WARM_UP);
        }
    }

    private synchronized boolean enter(KafkaLink made) {
        if (made.isSettled()) {
            connected = made;
        }
        return made.isSettled();
    }

    private synchronized void leave() {
        connected = null;
        link = null;
    }

    /** What carries the partitions that are listened to, and the last one's always: a consumer has to read something. */
    private synchronized Set<Integer> carriers(ParcelTopic topic) {
        Set<Integer> carriers = listened.stream().mapToObj(topic::carrierOf).collect(Collectors.toSet());
        carriers.add(topic.carrierOf(topic.last()));
        return carriers;
    }

    private Bookmark serve(KafkaLink made, ClusterReceiver receiver) {
        log.info("connected to Kafka, topic {}", made.topic().name());
        lastFailure = "";
        receiver.onConnected();
        try {
            while (!closing.isBegun()) {
                if (made.turn(this::isListened, receiver)) {
                    forget(made);
                }
            }
        } catch (RuntimeException e) {
            leave();
            report(e);
            receiver.onDisconnected(e);
        }
        return made.bookmark();
    }

    private synchronized void forget(KafkaLink made) {
        made.followOnly(carriers(made.topic()));
    }

    private void report(RuntimeException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (!closing.isBegun() && !reason.equals(lastFailure)) {
            log.warn("not connected to Kafka, trying again: {}", reason);
            lastFailure = reason;
        }
    }
}
