package dev.maru.engine.session;

import dev.maru.engine.destination.DestinationKind;
import dev.maru.engine.fanout.Settlement;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueStore;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One COMMIT: first every SEND is authorised, then all that is to be stored is stored in one go, and then the rest is
 * done in the order of the frames: what is kept nowhere goes to its subscribers, and what is meant for the application
 * is handled, one after the other.
 *
 * <p>So up to the storing nothing has happened, and after it nothing of the broker's can fail: a transaction is done as
 * a whole or not at all. What the application refuses comes after that, and undoes nothing.
 *
 * <p>Confined to its session's event loop.
 */
final class Committing {
    private final EngineSession session;
    private final SessionContext context;
    private final Acknowledging acknowledging;
    private final StompVersion version;
    private final List<HeldFrame> frames;
    private final List<Settlement> settlements = new ArrayList<>();
    private final Map<QueueStore, List<QueueChange>> changes = new LinkedHashMap<>();
    private final Map<MessageLog, List<LogEntry>> entries = new LinkedHashMap<>();
    private final List<CompletionStage<?>> handled = new ArrayList<>();

    Committing(
            EngineSession session,
            SessionContext context,
            Acknowledging acknowledging,
            StompVersion version,
            List<HeldFrame> frames) {
        this.session = session;
        this.context = context;
        this.acknowledging = acknowledging;
        this.version = version;
        this.frames = frames;
    }

    /**
     * Completes on the event loop when all is done, with what the application refused, in the order of the frames;
     * exceptionally if nothing was done.
     */
    CompletionStage<List<Throwable>> commit() {
        Executor loop = session.loop().executor();
        CompletionStage<?> progress = CompletableFuture.completedStage(null);
        for (HeldFrame frame : sends()) {
            progress = progress.thenComposeAsync(_ -> authorize(frame), loop);
        }
        progress = progress.thenComposeAsync(_ -> store(), loop);
        for (HeldFrame frame : sends()) {
            progress = progress.thenComposeAsync(_ -> pass(frame), loop);
        }
        return progress.thenComposeAsync(_ -> refused(), loop);
    }

    private CompletionStage<List<Throwable>> refused() {
        CompletionStage<List<Throwable>> refused = CompletableFuture.completedStage(new ArrayList<>());
        for (CompletionStage<?> frame : handled) {
            refused = refused.thenCombineAsync(
                    frame.handle((_, error) -> Optional.ofNullable(error)),
                    (errors, error) -> {
                        error.ifPresent(errors::add);
                        return errors;
                    },
                    session.loop().executor());
        }
        return refused;
    }

    private List<HeldFrame> sends() {
        return frames.stream()
                .filter(frame -> frame.command() == StompCommand.SEND)
                .toList();
    }

    private CompletionStage<?> authorize(HeldFrame frame) {
        return context.authorizer().authorize(session, StompCommand.SEND, frame.destination(), frame.headers());
    }

    private CompletionStage<?> store() {
        try {
            frames.forEach(this::collect);
        } catch (Refusal refusal) {
            undo();
            return CompletableFuture.failedStage(refusal);
        }
        List<CompletableFuture<?>> stored = new ArrayList<>();
        context.stores().together(() -> {
            changes.forEach((store, list) -> stored.add(store.apply(list).toCompletableFuture()));
            entries.forEach((log, list) ->
                    list.forEach(entry -> stored.add(log.append(entry).toCompletableFuture())));
        });
        return CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new))
                .whenCompleteAsync((_, error) -> settled(error), session.loop().executor());
    }

    private void collect(HeldFrame frame) {
        if (frame.command() == StompCommand.SEND) {
            collectSend(frame);
            return;
        }
        Settlement settlement = acknowledging.take(frame.command(), frame.headers(), version);
        settlements.add(settlement);
        if (settlement.store() != null) {
            changes.computeIfAbsent(settlement.store(), _ -> new ArrayList<>()).addAll(settlement.changes());
        }
    }

    private void collectSend(HeldFrame frame) {
        if (context.isApplication(frame.destination())) {
            return;
        }
        DestinationKind kind = context.destinations().resolve(frame.destination());
        MessageContent content = ClientContent.of(frame.headers(), frame.body());
        QueueStore queue = kind.queue();
        MessageLog log = kind.log();
        if (queue != null) {
            changes.computeIfAbsent(queue, _ -> new ArrayList<>()).add(kind.put(content));
        } else if (log != null) {
            entries.computeIfAbsent(log, _ -> new ArrayList<>())
                    .add(new LogEntry(kind.canonical(), session.userName(), null, content));
        }
    }

    private void settled(@Nullable Throwable error) {
        if (error == null) {
            settlements.forEach(settlement -> settlement.done().run());
        } else {
            undo();
        }
    }

    private void undo() {
        settlements.reversed().forEach(settlement -> settlement.undone().run());
    }

    /** Hands a SEND over that was not stored; completes when the next one's turn has come. */
    private CompletionStage<?> pass(HeldFrame frame) {
        if (context.isApplication(frame.destination())) {
            return application(frame);
        }
        DestinationKind kind = context.destinations().resolve(frame.destination());
        if (kind.queue() == null && kind.log() == null) {
            context.fanOut().broadcast(kind.canonical(), ClientContent.of(frame.headers(), frame.body()));
        }
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<?> application(HeldFrame frame) {
        ReceiptScope scope = new ReceiptScope();
        handled.add(scope.stored());
        CompletableFuture<Boolean> returned = new CompletableFuture<>();
        context.application()
                .handle(new ApplicationFrame(session, frame.destination(), frame.headers(), frame.body(), scope))
                .whenComplete((_, error) -> {
                    scope.handled(error);
                    returned.complete(true);
                });
        return returned;
    }
}
