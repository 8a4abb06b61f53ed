package dev.maru.store.jdbc;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.history.LogUnavailableException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Write} on its way: what it answered or why it failed, told to nobody before the commit.
 *
 * <p>Confined to the writer's thread until {@link #answer()}, which happens after everything else.
 */
final class WriteJob<T> {

    private final Write<T> write;
    private final boolean apart;
    private final CompletableFuture<T> stage = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Exception failure;

    WriteJob(Write<T> write, boolean apart) {
        this.write = write;
        this.apart = apart;
    }

    long bytes() {
        return write.bytes();
    }

    Set<String> keys() {
        return write.keys();
    }

    /** Whether it wants a transaction of its own. */
    boolean apart() {
        return apart;
    }

    CompletableFuture<T> stage() {
        return stage;
    }

    /** Whether it is to be done behind a savepoint. */
    boolean isUndoable() {
        return write.isUndoable();
    }

    /** Runs the write. A refusal that left the database as it was is this job's own affair, all else is thrown. */
    void run(Sql sql) throws SQLException {
        failure = null;
        long before = sql.changes();
        try {
            result = write.write(sql);
        } catch (Refusal refusal) {
            if (sql.changes() != before) {
                throw refusal;
            }
            failure = refusal;
        }
    }

    /** As {@link #run}, but whatever keeps this job from being done is thrown. */
    void runJoined(Sql sql) throws SQLException {
        run(sql);
        if (failure instanceof Refusal refusal) {
            throw refusal;
        }
    }

    /** Answers with what became of the write that this one is part of. */
    void answerJoined(@Nullable Throwable error) {
        if (error == null) {
            answer();
        } else {
            stage.completeExceptionally(error);
        }
    }

    void fail(Exception cause) {
        failure = cause instanceof SQLException
                ? new LogUnavailableException("the store could not be written to", cause)
                : cause;
    }

    @SuppressWarnings("NullAway") // a write that did not fail has answered, with null only where T allows it
    void announce() {
        if (failure == null) {
            write.committed(result);
        }
    }

    void answer() {
        if (failure == null) {
            stage.complete(result);
        } else {
            stage.completeExceptionally(failure);
        }
    }
}
