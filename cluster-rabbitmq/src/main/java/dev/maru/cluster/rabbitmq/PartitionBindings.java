package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Binds a node's queue to the partitions that the node listens to. A change that is overtaken by another one of the same
 * partition is not made, so no more changes wait than there are partitions.
 *
 * <p>Safe for any thread; the broker is asked on the executor, which has one thread. The lock guards what is wanted, and
 * nothing waits under it.
 */
final class PartitionBindings {
    private final Channel channel;
    private final String exchange;
    private final String queue;
    private final Executor thread;
    private final Consumer<Throwable> lost;
    private final Map<Integer, CompletableFuture<Void>> confirmations = new HashMap<>();
    private final Set<Integer> changed = new HashSet<>();
    private final Set<Integer> bound = new HashSet<>();

    /** @param lost is told when the broker refuses; nothing more is asked of it then */
    PartitionBindings(Channel channel, String exchange, String queue, Executor thread, Consumer<Throwable> lost) {
        this.channel = channel;
        this.exchange = exchange;
        this.queue = queue;
        this.thread = thread;
        this.lost = lost;
    }

    /** Completes when it is bound, or when that does not matter any more. */
    synchronized CompletionStage<Void> add(int partition) {
        CompletableFuture<Void> confirmation = confirmations.computeIfAbsent(partition, _ -> new CompletableFuture<>());
        change(partition);
        return confirmation;
    }

    synchronized void remove(int partition) {
        CompletableFuture<Void> confirmation = confirmations.remove(partition);
        if (confirmation != null) {
            confirmation.complete(null);
            change(partition);
        }
    }

    /** Nobody waits for anything any more. */
    synchronized void close() {
        confirmations.values().forEach(confirmation -> confirmation.complete(null));
    }

    private void change(int partition) {
        if (changed.add(partition)) {
            thread.execute(() -> settle(partition));
        }
    }

    private void settle(int partition) {
        CompletableFuture<Void> confirmation;
        synchronized (this) {
            changed.remove(partition);
            confirmation = confirmations.get(partition);
        }
        String key = Integer.toString(partition);
        try {
            if (confirmation != null && bound.add(partition)) {
                channel.queueBind(queue, exchange, key);
            } else if (confirmation == null && bound.remove(partition)) {
                channel.queueUnbind(queue, exchange, key);
            }
        } catch (IOException | RuntimeException e) {
            lost.accept(e);
        }
        if (confirmation != null) {
            confirmation.complete(null);
        }
    }
}
