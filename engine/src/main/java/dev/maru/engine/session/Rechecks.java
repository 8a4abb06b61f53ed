package dev.maru.engine.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again whether every session may stay and have its subscriptions, when this node may have missed that something
 * was taken back: some sessions at a time, so that the store is not asked about all of them at once.
 *
 * <p>Safe for any thread; nothing here waits.
 */
final class Rechecks {
    private static final Logger LOG = LoggerFactory.getLogger(Rechecks.class);
    private static final int AT_A_TIME = 100;

    private final Supplier<List<EngineSession>> sessions;
    private final List<Function<Session, CompletionStage<Boolean>>> judges = new CopyOnWriteArrayList<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();

    Rechecks(Supplier<List<EngineSession>> sessions) {
        this.sessions = sessions;
    }

    void add(Function<Session, CompletionStage<Boolean>> mayStay) {
        judges.add(mayStay);
    }

    /** Begins, or begins anew once those that are being looked at are done. */
    void run() {
        wanted.set(true);
        if (running.compareAndSet(false, true)) {
            begin();
        }
    }

    private void begin() {
        wanted.set(false);
        step(sessions.get(), 0);
    }

    private void step(List<EngineSession> all, int from) {
        if (from >= all.size()) {
            running.set(false);
            if (wanted.get() && running.compareAndSet(false, true)) {
                begin();
            }
            return;
        }
        int to = Math.min(all.size(), from + AT_A_TIME);
        CompletableFuture.allOf(all.subList(from, to).stream().map(this::check).toArray(CompletableFuture[]::new))
                .whenCompleteAsync((_, _) -> step(all, to));
    }

    private CompletableFuture<?> check(EngineSession session) {
        return CompletableFuture.allOf(
                        judges.stream().map(judge -> ask(judge, session)).toArray(CompletableFuture[]::new))
                .thenCompose(_ -> session.reauthorize(null));
    }

    /** Who cannot be judged now is judged at the next doubt: that the store is gone is no reason to close a connection. */
    private static CompletableFuture<?> ask(Function<Session, CompletionStage<Boolean>> judge, EngineSession session) {
        return judge.apply(session)
                .handle((mayStay, error) -> {
                    if (error != null) {
                        LOG.debug("It cannot be found out whether a session may stay", error);
                    } else if (!mayStay) {
                        session.close(CloseReason.SESSION_REVOKED);
                    }
                    return null;
                })
                .toCompletableFuture();
    }
}
