package dev.maru.engine.queue;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.message.MessageContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Queues that live as long as their process.
 *
 * <p>Safe for any thread; guarded by its own lock. Stages complete at once, and the listener is called outside of the
 * lock.
 */
public final class InMemoryQueueStore implements QueueStore {
    private final QueueLimits limits;
    private final Map<String, InMemoryQueue> queues = new HashMap<>();
    private long ids;
    private volatile Consumer<String> listener = queue -> {};

    /** Empty queues. */
    public InMemoryQueueStore(QueueLimits limits) {
        this.limits = limits;
    }

    @Override
    public CompletionStage<List<QueueLease>> apply(List<QueueChange> changes) {
        Set<String> waiting = new LinkedHashSet<>();
        List<QueueLease> held = new ArrayList<>();
        try {
            synchronized (this) {
                checkRoom(changes);
                changes.forEach(change -> apply(change, waiting, held));
                queues.values().removeIf(InMemoryQueue::isEmpty);
            }
        } catch (Refusal refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        waiting.forEach(listener);
        return CompletableFuture.completedFuture(held);
    }

    @Override
    public synchronized CompletionStage<List<QueuedMessage>> lease(String queue, int limit) {
        InMemoryQueue found = queues.get(queue);
        return CompletableFuture.completedFuture(found == null ? List.of() : found.lease(limit));
    }

    @Override
    public synchronized CompletionStage<QueueDepth> depth(String queue) {
        return CompletableFuture.completedFuture(depthOf(queue));
    }

    @Override
    public void onWaiting(Consumer<String> waiting) {
        listener = waiting;
    }

    /** Before anything is changed, so that there is nothing to take back. */
    private void checkRoom(List<QueueChange> changes) {
        Map<String, QueueDepth> depths = new HashMap<>();
        for (QueueChange change : changes) {
            switch (change) {
                case QueueChange.Put put -> checkRoom(put.queue(), put.content(), depths);
                case QueueChange.Hold hold -> checkRoom(hold.queue(), hold.content(), depths);
                default -> {}
            }
        }
    }

    private void checkRoom(String queue, MessageContent content, Map<String, QueueDepth> depths) {
        QueueDepth depth = depths.computeIfAbsent(queue, this::depthOf);
        long size = QueueLimits.size(content);
        long others = queues.size()
                + depths.keySet().stream()
                        .filter(other -> !queues.containsKey(other) && !other.equals(queue))
                        .count();
        limits.check(depth, size, others);
        depths.put(queue, depth.plus(1, size));
    }

    private void apply(QueueChange change, Set<String> waiting, List<QueueLease> held) {
        switch (change) {
            case QueueChange.Put put -> {
                queue(put.queue()).put(++ids, null, put.content());
                waiting.add(put.queue());
            }
            case QueueChange.Hold hold -> held.add(queue(hold.queue()).hold(++ids, hold.content()));
            case QueueChange.Acknowledge done -> take(done.lease());
            case QueueChange.Release back -> release(back.lease(), back.delivered(), waiting);
            case QueueChange.Bury bury -> bury(bury.lease(), bury.deadLetters(), waiting);
        }
    }

    private void release(QueueLease lease, boolean delivered, Set<String> waiting) {
        InMemoryQueue queue = queues.get(lease.queue());
        if (queue != null && queue.release(lease, delivered)) {
            waiting.add(lease.queue());
        }
    }

    private void bury(QueueLease lease, String deadLetters, Set<String> waiting) {
        InMemoryQueue queue = queues.get(lease.queue());
        InMemoryQueue.Row row = queue == null ? null : queue.leased(lease);
        if (row == null) {
            return;
        }
        QueueDepth depth = depthOf(deadLetters);
        if (limits.hasRoom(depth, row.size()) && (depth.messages() > 0 || queues.size() < limits.queues())) {
            take(lease);
            queue(deadLetters).put(++ids, row.origin() == null ? lease.queue() : row.origin(), row.content());
            waiting.add(deadLetters);
        } else {
            release(lease, true, waiting);
        }
    }

    private void take(QueueLease lease) {
        InMemoryQueue queue = queues.get(lease.queue());
        if (queue != null) {
            queue.take(lease);
        }
    }

    private InMemoryQueue queue(String name) {
        return queues.computeIfAbsent(name, InMemoryQueue::new);
    }

    private QueueDepth depthOf(String queue) {
        InMemoryQueue found = queues.get(queue);
        return found == null ? QueueDepth.EMPTY : found.depth();
    }
}
