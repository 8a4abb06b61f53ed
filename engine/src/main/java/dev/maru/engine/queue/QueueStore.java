package dev.maru.engine.queue;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Keeps the messages of queues until they are acknowledged. Several may lease from the same queue, on several nodes:
 * each message is leased to one at a time. Leases end when they are settled, when their store is closed, and when its
 * process dies.
 *
 * <p>All methods are safe for any thread and return at once; the stages complete on threads of the store's own, or at
 * once. A failing store completes a stage exceptionally with a
 * {@link dev.maru.engine.history.LogUnavailableException}.
 */
public interface QueueStore {

    /**
     * Does all these changes in their order, or none of them. The stage completes when they are durable, with the
     * leases of what was put held, in the order of those changes; exceptionally with a
     * {@link dev.maru.engine.fault.Refusal} if a queue is full. Messages that one thread puts into one queue wait in the
     * order of the calls.
     */
    CompletionStage<List<QueueLease>> apply(List<QueueChange> changes);

    /**
     * Leases the messages that have waited longest and that nobody else has leased, in their order, and counts an
     * attempt for each.
     *
     * @param limit the most messages to lease, at least 1; it may be fewer so as not to fill the memory
     * @return empty only if nothing waits
     */
    CompletionStage<List<QueuedMessage>> lease(String queue, int limit);

    /** How much waits in the queue. */
    CompletionStage<QueueDepth> depth(String queue);

    /**
     * Sets who is told, by the name of the queue, that messages wait in it that nobody has leased: after a change, on
     * this node or another, became durable. Called once, before anything else. The listener returns quickly and does
     * not throw.
     */
    void onWaiting(Consumer<String> listener);
}
