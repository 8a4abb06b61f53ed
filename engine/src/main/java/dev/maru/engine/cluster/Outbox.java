package dev.maru.engine.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be sent to the broker. One task at a time takes all that waits and packs it, so what happened together
 * travels together, and those who have something to tell do not wait for the packing.
 *
 * <p>Safe for any thread. The overflow policy is to drop: what does not fit is counted, logged once until things go
 * again, and not sent.
 */
final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final int PARCEL_BYTES = 64 * 1024;

    private final ClusterBroker broker;
    private final long sender;
    private final long mostBytes;
    private final Executor packer;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private long unsentBytes;
    private boolean packing;
    private volatile boolean complained;

    private record Waiting(int partition, Parcel.Item item, int weight) {}

    /** @param packer runs one task after the other */
    Outbox(ClusterBroker broker, long sender, long mostBytes, Executor packer) {
        this.broker = broker;
        this.sender = sender;
        this.mostBytes = mostBytes;
        this.packer = packer;
    }

    /** How many items were not sent, because they did not fit or the broker did not take them. */
    long dropped() {
        return dropped.sum();
    }

    /** Sends the item when its turn comes, if it fits. */
    void add(int partition, Parcel.Item item) {
        int weight = Parcel.weight(item);
        synchronized (this) {
            if (unsentBytes + weight > mostBytes) {
                drop(1, "too much is unsent", null);
                return;
            }
            unsentBytes += weight;
            waiting.add(new Waiting(partition, item, weight));
            if (packing) {
                return;
            }
            packing = true;
        }
        try {
            packer.execute(this::pack);
        } catch (RejectedExecutionException e) {
            drop(1, "this node is closing", null);
        }
    }

    private void pack() {
        for (List<Waiting> taken = take(); !taken.isEmpty(); taken = take()) {
            Map<Integer, Builder> parcels = new LinkedHashMap<>();
            for (Waiting one : taken) {
                Builder parcel = parcels.computeIfAbsent(one.partition, Builder::new);
                parcel.add(one);
                if (parcel.weight >= PARCEL_BYTES) {
                    send(parcels.remove(one.partition));
                }
            }
            parcels.values().forEach(this::send);
        }
    }

    private synchronized List<Waiting> take() {
        List<Waiting> taken = List.copyOf(waiting);
        waiting.clear();
        packing = !taken.isEmpty();
        return taken;
    }

    private void send(Builder parcel) {
        byte[] bytes = new Parcel(sender, parcel.items).write();
        broker.publish(parcel.partition, bytes).whenComplete((_, error) -> {
            synchronized (this) {
                unsentBytes -= parcel.weight;
            }
            if (error == null) {
                complained = false;
            } else {
                drop(parcel.items.size(), "the broker did not take them", error);
            }
        });
    }

    private void drop(int items, String why, @Nullable Throwable cause) {
        dropped.add(items);
        if (!complained) {
            complained = true;
            log.warn("Other nodes are not told of messages at once: {}{}", why, cause == null ? "" : ": " + cause);
        }
    }

    private static final class Builder {
        private final int partition;
        private final List<Parcel.Item> items = new ArrayList<>();
        private int weight;

        Builder(int partition) {
            this.partition = partition;
        }

        void add(Waiting one) {
            items.add(one.item);
            weight += one.weight;
        }
    }
}
