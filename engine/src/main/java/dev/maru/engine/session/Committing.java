package dev.maru.engine.session;

import dev.maru.engine.fanout.Settlement;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompVersion;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One COMMIT: first every SEND is authorised and intercepted, then all that is to be stored is stored in one go, and then
 * others see what was sent, in the order of the frames: what was stored is let go, what is kept nowhere goes to its
 * subscribers, and what is meant for the application is handled, one after the other.
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
    private final CommitPlan plan;
    private final IdentityHashMap<HeldFrame, List<Publication>> intercepted = new IdentityHashMap<>();
    private final List<Settlement> settlements = new ArrayList<>();
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
        this.plan = new CommitPlan(context);
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
        for (HeldFrame frame : sends()) {
            progress = progress.thenComposeAsync(_ -> intercept(frame), loop);
        }
        return progress.thenComposeAsync(_ -> store(), loop)
                .thenComposeAsync(_ -> pass(), loop)
                .thenComposeAsync(_ -> refused(), loop);
    }

    private CompletionStage<?> pass() {
        Executor loop = session.loop().executor();
        CompletionStage<?> progress = CompletableFuture.completedStage(null);
        for (Supplier<CompletionStage<?>> step : plan.steps()) {
            progress = progress.thenComposeAsync(_ -> step.get(), loop);
        }
        return progress;
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

    /** Lets the application see a SEND to the broker; what comes of it is a part of the transaction. */
    private CompletionStage<?> intercept(HeldFrame frame) {
        if (!context.isIntercepted(frame.destination())) {
            return CompletableFuture.completedStage(null);
        }
        List<Publication> publications = new ArrayList<>();
        intercepted.put(frame, publications);
        ReceiptScope scope = ReceiptScope.holding(publications);
        handled.add(scope.stored());
        return handle(frame, scope).thenRun(() -> scope.handled(null));
    }

    private CompletionStage<?> store() {
        try {
            frames.forEach(this::collect);
            return plan.store()
                    .whenCompleteAsync(
                            (_, error) -> settled(error), session.loop().executor());
        } catch (RuntimeException failure) {
            undo();
            return CompletableFuture.failedStage(failure);
        }
    }

    private void collect(HeldFrame frame) {
        if (frame.command() != StompCommand.SEND) {
            Settlement settlement = acknowledging.take(frame.command(), frame.headers(), version);
            settlements.add(settlement);
            plan.settle(settlement);
        } else if (context.isApplication(frame.destination())) {
            plan.step(() -> application(frame));
        } else {
            intercepted.getOrDefault(frame, List.of()).forEach(plan::publish);
            if (!intercepted.containsKey(frame)) {
                plan.publish(new Publication(
                        frame.destination(), session.userName(), ClientContent.of(frame.headers(), frame.body())));
            }
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
        plan.abandon();
        settlements.reversed().forEach(settlement -> settlement.undone().run());
    }

    private CompletionStage<?> application(HeldFrame frame) {
        ReceiptScope scope = new ReceiptScope();
        handled.add(scope.stored());
        CompletableFuture<Boolean> returned = new CompletableFuture<>();
        handle(frame, scope).whenComplete((_, error) -> {
            scope.handled(error);
            returned.complete(true);
        });
        return returned;
    }

    private CompletionStage<?> handle(HeldFrame frame, ReceiptScope scope) {
        return context.application()
                .handle(new ApplicationFrame(session, frame.destination(), frame.headers(), frame.body(), scope));
    }
}
