package dev.maru.engine.session;

import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is appended while one SEND is handled. The frame's RECEIPT goes out when all of it is stored, with the
 * position of the last append; it becomes an ERROR when any of it fails.
 *
 * <p>The engine binds the scope of the frame that is being handled to {@link #CURRENT}, so that a log can join it
 * without every method between handing it on. Work that outlives the handler keeps the scope open with
 * {@link #join}. Safe for any thread.
 */
public final class ReceiptScope {

    /** The scope of the frame that the current thread is handling, where there is one. */
    public static final ScopedValue<ReceiptScope> CURRENT = ScopedValue.newInstance();

    private final CompletableFuture<@Nullable StreamPosition> stored = new CompletableFuture<>();
    private final @Nullable List<Publication> held;
    private int open = 1;
    private int joined;
    private int positionOrder;
    private @Nullable StreamPosition position;
    private @Nullable Throwable failure;

    /** A scope whose RECEIPT waits for what is joined. */
    public ReceiptScope() {
        this.held = null;
    }

    private ReceiptScope(List<Publication> held) {
        this.held = held;
    }

    /** A scope in which what is published to the broker is not done, but put into this list, as a part of something. */
    static ReceiptScope holding(List<Publication> publications) {
        return new ReceiptScope(publications);
    }

    /**
     * Holds what is published in the current scope if that belongs to a transaction; the stage completes as it would
     * have without, once the transaction is committed. Null if there is no such scope.
     */
    public static @Nullable CompletionStage<Optional<StreamPosition>> holdInCurrent(
            String destination, String author, MessageContent content) {
        return CURRENT.isBound() ? CURRENT.get().hold(destination, author, content) : null;
    }

    private synchronized @Nullable CompletionStage<Optional<StreamPosition>> hold(
            String destination, String author, MessageContent content) {
        if (held == null || open == 0) {
            return null;
        }
        Publication publication = new Publication(destination, author, content);
        held.add(publication);
        return publication.done();
    }

    /** Joins this work to the current scope, if there is one. Returns the stage that was given. */
    public static <T extends CompletionStage<?>> T joinCurrent(T work) {
        if (CURRENT.isBound()) {
            CURRENT.get().join(work);
        }
        return work;
    }

    /**
     * Makes the receipt wait for this work. If its result is a {@link StreamPosition}, that is a position for the
     * receipt; of several the one joined last counts.
     *
     * @throws IllegalStateException if the receipt has been answered already
     */
    public void join(CompletionStage<?> work) {
        int order;
        synchronized (this) {
            if (open == 0) {
                throw new IllegalStateException("the receipt of this frame has been answered already");
            }
            open++;
            order = ++joined;
        }
        work.whenComplete((result, error) -> leave(order, result, error));
    }

    /**
     * Completes when the handler has returned and everything joined is stored; null if nothing joined has a position.
     */
    public CompletionStage<@Nullable StreamPosition> stored() {
        return stored;
    }

    /** The handler has returned, with this error or without one. Called once, by the engine. */
    public void handled(@Nullable Throwable error) {
        leave(0, null, error);
    }

    private void leave(int order, @Nullable Object result, @Nullable Throwable error) {
        synchronized (this) {
            if (error != null && failure == null) {
                failure = error;
            }
            if (result instanceof StreamPosition reached && order > positionOrder) {
                position = reached;
                positionOrder = order;
            }
            if (--open > 0) {
                return;
            }
        }
        if (failure != null) {
            stored.completeExceptionally(failure);
        } else {
            stored.complete(position);
        }
    }
}
