package dev.maru.cluster.kafka;

import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ClusterUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A node's connection to Kafka, from its being made to its first failure.
 *
 * <p>Kafka's clients hide that a broker is gone, so the link asks once a second for the ends of all partitions, and is
 * broken when no answer comes. To follow a partition is to read its end by the same way, which no waiting fetch holds
 * up, and then to read from there.
 *
 * <p>{@link #publish} and {@link #follow} are safe for any thread, everything else is confined to the node's one.
 */
final class KafkaLink implements AutoCloseable {
    private static final Duration TURN = Duration.ofMillis(250);
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(KafkaSettings.PATIENCE_MILLIS + 1000);

    private final Clients clients;
    private final ParcelTopic topic;
    private final Bookmark bookmark;
    private final Map<Integer, Following> followed = new HashMap<>();
    private final Queue<Following> located = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Long> positions = new HashMap<>();
    private CompletableFuture<?> probe = CompletableFuture.completedFuture(null);
    private long probedAt;
    private volatile @Nullable Throwable broken;

    /** A partition of Kafka's that is to be read, and who waits for that. */
    private record Following(int number, CompletableFuture<Long> start, CompletableFuture<Void> ready) {}

    /** @param bookmark where to go on, if that is there still */
    KafkaLink(Clients clients, ParcelTopic topic, Bookmark bookmark) {
        this.clients = clients;
        this.topic = topic;
        this.bookmark = bookmark.in(topic);
        probedAt = System.nanoTime() - PROBE_NANOS;
    }

    ParcelTopic topic() {
        return topic;
    }

    /**
     * Asks where the topic's partitions are, so that {@link #publish} need not wait for that.
     *
     * @return whether it is known
     */
    boolean isWarm() {
        try {
            return clients.producer().partitionsFor(topic.name()).size() == topic.count();
        } catch (TimeoutException _) {
            return false;
        }
    }

    /** Sends at once, or fails at once. */
    CompletionStage<Void> publish(int partition, byte[] parcel) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        try {
            clients.producer().send(topic.pack(partition, parcel), (_, failure) -> {
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
        return new ClusterUnavailableException("Kafka did not take a parcel: " + failure.getMessage(), failure);
    }

    /** Begins to read one of Kafka's partitions. Completes when its place is known, or the link broken. */
    synchronized CompletionStage<Void> follow(int number) {
        Following known = followed.get(number);
        return known == null ? begin(number).ready : known.ready;
    }

    private Following begin(int number) {
        Following begun = new Following(number, place(number), new CompletableFuture<>());
        followed.put(number, begun);
        begun.start.whenComplete((_, failure) -> {
            if (failure == null) {
                located.add(begun);
            } else {
                broken = failure;
            }
            clients.consumer().wakeup();
            begun.ready.complete(null);
        });
        return begun;
    }

    private CompletableFuture<Long> place(int number) {
        CompletionStage<Long> end = topic.offset(clients.admin(), number, OffsetSpec.latest());
        Long mark = bookmark.positions().get(number);
        return (mark == null
                        ? end
                        : topic.offset(clients.admin(), number, OffsetSpec.earliest())
                                .thenCombine(end, (first, last) -> first <= mark && mark <= last ? mark : last))
                .toCompletableFuture();
    }

    /** Whether all that is followed is placed; what is published from now on is read. */
    synchronized boolean isSettled() {
        return followed.values().stream().allMatch(one -> one.ready.isDone());
    }

    /** What has to complete for the link to be settled; fails with it. */
    synchronized CompletableFuture<?> settling() {
        return CompletableFuture.allOf(
                followed.values().stream().map(Following::start).toArray(CompletableFuture[]::new));
    }

    /** Stops reading what is not wanted any more. */
    void followOnly(Set<Integer> wanted) {
        synchronized (this) {
            followed.keySet().retainAll(wanted);
        }
        if (positions.keySet().retainAll(wanted)) {
            assign(List.of());
        }
    }

    /**
     * Reads what has come, for a short while if nothing has.
     *
     * @return whether it is time to stop reading what nobody wants any more
     * @throws KafkaException if the link is broken
     */
    boolean turn(IntPredicate wanted, ClusterReceiver receiver) {
        takeLocated();
        boolean probed = probe();
        ConsumerRecords<byte[], byte[]> records = poll();
        records.forEach(packed -> {
            int partition = ParcelTopic.partitionOf(packed);
            if (partition >= 0 && wanted.test(partition)) {
                receiver.onParcel(partition, packed.value());
            }
        });
        records.nextOffsets().forEach((carrier, next) -> positions.put(carrier.partition(), next.offset()));
        return probed;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return clients.consumer().poll(TURN);
        } catch (WakeupException _) {
            return ConsumerRecords.empty();
        }
    }

    private void takeLocated() {
        List<Following> fresh = new ArrayList<>();
        for (Following one = located.poll(); one != null; one = located.poll()) {
            if (isFollowed(one)) {
                fresh.add(one);
            }
        }
        if (!fresh.isEmpty()) {
            assign(fresh);
        }
    }

    private synchronized boolean isFollowed(Following one) {
        return one.equals(followed.get(one.number));
    }

    private void assign(Collection<Following> fresh) {
        fresh.forEach(one -> positions.put(one.number, one.start.join()));
        Set<TopicPartition> all =
                positions.keySet().stream().map(topic::carrier).collect(Collectors.toSet());
        clients.consumer().assign(all);
        fresh.forEach(one -> clients.consumer().seek(topic.carrier(one.number), one.start.join()));
    }

    private boolean probe() {
        long silent = System.nanoTime() - probedAt;
        Throwable failure = probe.isCompletedExceptionally() ? probe.exceptionNow() : broken;
        if (failure != null) {
            throw new KafkaException("Kafka does not answer: " + failure.getMessage(), failure);
        }
        if (!probe.isDone() && silent > SILENCE_NANOS) {
            throw new KafkaException("Kafka's client does not answer");
        }
        boolean due = probe.isDone() && silent >= PROBE_NANOS;
        if (due) {
            probedAt = System.nanoTime();
            probe = topic.probe(clients.admin()).toCompletableFuture();
        }
        return due;
    }

    /** Where the next link may go on. */
    Bookmark bookmark() {
        return new Bookmark(topic.id(), Map.copyOf(positions), System.nanoTime());
    }

    /** Nobody waits for it any more. */
    @Override
    public synchronized void close() {
        followed.values().forEach(one -> one.ready.complete(null));
    }
}
