package dev.maru.store.jdbc;

import java.util.concurrent.CompletionStage;

/**
 * A few platform threads, each with a read-only connection of its own.
 *
 * <p>Safe for any thread; nothing here blocks the caller but {@link #close()}.
 */
public final class Readers implements AutoCloseable {

    Readers() {}

    /**
     * Asks a question. The stage completes with the answer, or exceptionally with a
     * {@link dev.maru.engine.history.LogUnavailableException} if the database fails or too many questions wait.
     */
    public <T> CompletionStage<T> read(Read<T> read) {
        throw new UnsupportedOperationException();
    }

    /** Answers what waits, then ends the threads. Idempotent. */
    @Override
    public void close() {}
}
