package dev.maru.store.jdbc;

import java.util.concurrent.CompletionStage;

/**
 * The one thread that changes the database.
 *
 * <p>Safe for any thread; nothing here blocks the caller but {@link #close()}.
 */
public final class GroupCommitWriter implements AutoCloseable {

    GroupCommitWriter() {}

    /**
     * Queues a write. The stage completes when it is durable and announced, or exceptionally with the write's
     * {@link dev.maru.engine.Refusal} or a {@link dev.maru.engine.history.LogUnavailableException}. Writes of one
     * thread are done in the order of its calls.
     */
    public <T> CompletionStage<T> submit(Write<T> write) {
        throw new UnsupportedOperationException();
    }

    /** Drains the queue, then ends the thread. Idempotent. */
    @Override
    public void close() {}
}
