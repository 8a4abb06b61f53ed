package dev.maru.engine.dispatch;

import dev.maru.engine.destination.DestinationKind;
import dev.maru.engine.destination.DestinationPattern;
import dev.maru.engine.fanout.Loop;
import dev.maru.engine.fanout.Subscriber;
import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fanout.SubscriptionTerms;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueueStore;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The queues that have consumers on this node. All others exist in their stores alone.
 *
 * <p>Safe for any thread.
 */
public final class Queues implements AutoCloseable {
    private final QueueSettings settings;
    private final ConcurrentMap<String, QueueDispatch> dispatches = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Queues that may be in any of these stores. */
    public Queues(QueueSettings settings, Collection<QueueStore> stores) {
        this.settings = settings;
        stores.forEach(store -> store.onWaiting(this::wake));
    }

    /**
     * Makes a subscription that gets nothing until it is started, and then its share of the queue.
     *
     * @throws IllegalArgumentException if the destination is a pattern: what waits in a queue is taken from it by name
     */
    public Subscription subscribe(Subscriber subscriber, Loop loop, SubscriptionTerms terms, DestinationKind kind) {
        if (DestinationPattern.isPattern(terms.destination())) {
            throw new IllegalArgumentException("queues are subscribed to by their names");
        }
        QueueStore store = Objects.requireNonNull(kind.queue(), "no queue");
        return new QueueSubscription(subscriber, loop, terms, new Place(this, kind.canonical(), store));
    }

    /** Gives these leases up, now or as soon as the store can: their messages wait for consumers, and count no attempt. */
    public CompletionStage<?> letGo(QueueStore store, List<QueueLease> leases) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        List<QueueChange> changes = leases.stream()
                .<QueueChange>map(lease -> new QueueChange.Release(lease, false))
                .toList();
        new Settling(this, settings, store).eventually(changes, () -> done.complete(true));
        return done;
    }

    /** Leases nothing more, and gives what is unacknowledged back without counting it. Idempotent. */
    @Override
    public void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    /** Where a consumer stands in line. */
    record Place(Queues queues, String queue, QueueStore store) {

        /** Stands in line behind all who are there. */
        QueueDispatch join(Consumer consumer) {
            QueueDispatch joined = queues.dispatches.compute(queue, (name, existing) -> {
                QueueDispatch dispatch = existing == null
                        ? new QueueDispatch(name, store, new Settling(queues, queues.settings, store))
                        : existing;
                dispatch.add(consumer);
                return dispatch;
            });
            joined.turn();
            return joined;
        }

        /** Leaves the line. */
        void leave(Consumer consumer) {
            QueueDispatch[] left = new QueueDispatch[1];
            queues.dispatches.computeIfPresent(queue, (name, dispatch) -> {
                left[0] = dispatch;
                return dispatch.remove(consumer) ? null : dispatch;
            });
            if (left[0] != null) {
                left[0].turn();
            }
        }
    }

    private void wake(String queue) {
        QueueDispatch dispatch = dispatches.get(queue);
        if (dispatch != null) {
            dispatch.wake();
        }
    }
}
