package dev.maru.engine.session;

import dev.maru.engine.destination.DestinationKind;
import dev.maru.engine.fanout.HeldBack;
import dev.maru.engine.fanout.Settlement;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueueStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one COMMIT does: what is stored in one go, and the steps that follow, in the order of the frames.
 *
 * <p>What is stored could be seen at once. So whatever must not be seen before a step is stored held: a message of a queue
 * leased to this plan, one of a history behind a {@link HeldBack}, each let go by a step of its own. What is stored before
 * the first step, and in one store, needs none: its store shows it in order.
 *
 * <p>Confined to its session's event loop.
 */
final class CommitPlan {
    private final SessionContext context;
    private final Map<QueueStore, List<QueueChange>> changes = new LinkedHashMap<>();
    private final Map<QueueStore, Integer> holds = new LinkedHashMap<>();
    private final Map<QueueStore, List<QueueLease>> held = new LinkedHashMap<>();
    private final List<Append> appends = new ArrayList<>();
    private final List<Publication> queued = new ArrayList<>();
    private final List<Supplier<CompletionStage<?>>> steps = new ArrayList<>();
    private @Nullable Release release;
    private @Nullable Object firstStore;
    private boolean holding;

    /** An entry of a history, and what holds it back. */
    private record Append(
            MessageLog log,
            LogEntry entry,
            Publication publication,
            @Nullable HeldBack hold) {}

    /** Messages of queues whose turn comes together. */
    private record Release(QueueStore store, List<Integer> indexes) {}

    CommitPlan(SessionContext context) {
        this.context = context;
    }

    /** A step that is not the store's. */
    void step(Supplier<CompletionStage<?>> step) {
        holding = true;
        release = null;
        steps.add(step);
    }

    /** What is to be settled. */
    void settle(Settlement settlement) {
        if (settlement.store() != null) {
            changes(settlement.store()).addAll(settlement.changes());
        }
    }

    /**
     * A message to a broker destination.
     *
     * @throws dev.maru.engine.fault.Refusal if nobody could ever get it
     */
    void publish(Publication publication) {
        DestinationKind kind = context.destinations().resolve(publication.destination());
        if (kind.queue() != null) {
            put(kind, kind.queue(), publication);
        } else if (kind.log() != null) {
            append(kind, kind.log(), publication);
        } else {
            step(() -> {
                context.fanOut().broadcast(kind.canonical(), publication.content());
                publication.done().complete(Optional.empty());
                return CompletableFuture.completedStage(null);
            });
        }
    }

    /** Stores all that is to be stored; nothing is stored, and nothing held, if the stage fails or this throws. */
    CompletionStage<?> store() {
        List<CompletableFuture<?>> stored = new ArrayList<>();
        context.stores().together(() -> {
            changes.forEach((store, list) -> stored.add(store.apply(list)
                    .thenAccept(leases -> held.put(store, leases))
                    .toCompletableFuture()));
            appends.forEach(append -> stored.add(store(append)));
        });
        return CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new))
                .thenRun(() -> queued.forEach(publication -> publication.done().complete(Optional.empty())));
    }

    /** Nothing was stored. */
    void abandon() {
        appends.forEach(CommitPlan::letGo);
    }

    /** The steps after the storing, each to be taken when the one before has completed. */
    List<Supplier<CompletionStage<?>>> steps() {
        return steps;
    }

    private void put(DestinationKind kind, QueueStore store, Publication publication) {
        boolean hold = holdsBack(store);
        changes(store).add(kind.put(publication.content(), hold));
        queued.add(publication);
        if (!hold) {
            return;
        }
        if (release == null || !release.store().equals(store)) {
            Release made = new Release(store, new ArrayList<>());
            step(() -> letGo(made));
            release = made;
        }
        release.indexes().add(holds.merge(store, 1, Integer::sum) - 1);
    }

    private void append(DestinationKind kind, MessageLog log, Publication publication) {
        LogEntry entry = new LogEntry(kind.canonical(), publication.author(), null, publication.content());
        boolean hold = holdsBack(log);
        Append append =
                new Append(log, entry, publication, hold ? context.fanOut().hold(kind.canonical()) : null);
        appends.add(append);
        if (hold) {
            step(() -> letGo(append));
        }
    }

    private boolean holdsBack(Object store) {
        if (firstStore == null) {
            firstStore = store;
        }
        holding |= !firstStore.equals(store);
        return holding;
    }

    private static CompletableFuture<StreamPosition> store(Append append) {
        CompletableFuture<StreamPosition> stored =
                append.log().append(append.entry()).toCompletableFuture();
        return stored.whenComplete((position, error) -> {
            if (error != null) {
                letGo(append);
                append.publication().done().completeExceptionally(error);
            } else {
                if (append.hold() != null) {
                    append.hold().stored(position.offset());
                }
                append.publication().done().complete(Optional.of(position));
            }
        });
    }

    private static CompletionStage<?> letGo(Append append) {
        if (append.hold() != null) {
            append.hold().release();
        }
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<?> letGo(Release turn) {
        List<QueueLease> leases = held.getOrDefault(turn.store(), List.of());
        return context.queues()
                .letGo(turn.store(), turn.indexes().stream().map(leases::get).toList());
    }

    private List<QueueChange> changes(QueueStore store) {
        return changes.computeIfAbsent(store, _ -> new ArrayList<>());
    }
}
