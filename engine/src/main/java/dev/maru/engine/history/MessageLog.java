package dev.maru.engine.history;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The history of the destinations that have one. Implementations store, number and read back; who may write and who
 * listens is not their business. What was stored never changes; the oldest may be kept no more.
 *
 * <p>All methods are safe for any thread and return at once; the stages complete on threads of the log's own, or at
 * once. A failing store completes a stage exceptionally with {@link LogUnavailableException}.
 */
public interface MessageLog {

    /** Where the destination stands. A destination that was never written to stands at offset 0. */
    CompletionStage<LogHead> head(String destination);

    /** Where each of these destinations stands, as {@link #head}; in fewer steps, if the log can. */
    default CompletionStage<Map<String, LogHead>> heads(Set<String> destinations) {
        Map<String, LogHead> heads = new ConcurrentHashMap<>();
        CompletableFuture<?>[] all = destinations.stream()
                .map(destination -> head(destination).thenAccept(head -> heads.put(destination, head)))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(all).thenApply(_ -> heads);
    }

    /**
     * The messages after an offset, in order, without a gap among them.
     *
     * @param offset read what comes after this one; the first message returned may lie further on if what was between
     *     is no longer kept
     * @param limit the most messages to return, at least 1
     * @return an empty list where there is nothing after the offset
     */
    CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit);

    /**
     * Stores a message as the next of its destination. The stage completes when it is durable, with its position; for
     * an entry whose {@code clientMessageId} the author has used before, with the position of the first one, and
     * nothing is stored. Appends of one thread to one destination are stored in the order of the calls.
     *
     * <p>Completes exceptionally with a {@link dev.maru.engine.fault.Refusal} if the entry is refused, for instance
     * because the same id came with another text.
     */
    CompletionStage<StreamPosition> append(LogEntry entry);

    /**
     * Runs the action in turn with the appends of this thread to this destination: when the listener has been told of
     * those before, and before it is told of those that follow; at once if nothing is on its way. It is run in any case,
     * whatever becomes of the appends, on any thread; it returns quickly and does not throw.
     */
    void inTurn(String destination, Runnable action);

    /**
     * Sets who is told of each message stored through this log, after it became durable and before the stage of its
     * append completes, in the order of the offsets of each destination. Called once, before the first append. The
     * listener returns quickly and does not throw.
     */
    void onStored(Consumer<StoredMessage> listener);
}
