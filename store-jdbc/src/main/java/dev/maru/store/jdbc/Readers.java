package dev.maru.store.jdbc;

import dev.maru.engine.history.LogUnavailableException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few platform threads, each with a read-only connection of its own. Never virtual ones: a native call holds on to
 * its carrier, so a few slow questions would stop every virtual thread.
 *
 * <p>Safe for any thread; nothing here blocks the caller but {@link #close()}. Stages complete on the reading threads,
 * so what hangs on them must be quick.
 */
public final class Readers implements AutoCloseable {

    private static final long CLOSE_SECONDS = 10;

    private final Dialect dialect;
    private final ThreadPoolExecutor threads;
    private final ConcurrentLinkedDeque<Sql> idle = new ConcurrentLinkedDeque<>();

    Readers(String name, Dialect dialect, int threads, int waiting) {
        this.dialect = dialect;
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(waiting),
                Thread.ofPlatform().daemon().name(name + "-", 1).factory());
    }

    /**
     * Asks a question, which sees one state of the database throughout. The stage completes with the answer, or
     * exceptionally with a {@link LogUnavailableException} if the database fails or too many questions wait.
     */
    public <T> CompletionStage<T> read(Read<T> read) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(read, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new LogUnavailableException("too many reads wait, or the store is closed", e));
        }
        return answer;
    }

    /** Answers what waits, then ends the threads. Idempotent. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Sql sql = idle.poll(); sql != null; sql = idle.poll()) {
            sql.close();
        }
    }

    private <T> void answer(Read<T> read, CompletableFuture<T> answer) {
        T result;
        try {
            result = ask(read);
        } catch (SQLException e) {
            answer.completeExceptionally(new LogUnavailableException("the store could not be read", e));
            return;
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            return;
        } catch (Error e) {
            answer.completeExceptionally(e);
            throw e;
        }
        answer.complete(result);
    }

    private <T> T ask(Read<T> read) throws SQLException {
        Sql sql = open();
        boolean ended = false;
        try {
            sql.execute("BEGIN");
            T result = read.read(sql);
            sql.execute("COMMIT");
            ended = true;
            return result;
        } catch (RuntimeException e) {
            sql.execute("ROLLBACK");
            ended = true;
            throw e;
        } finally {
            giveBack(sql, ended);
        }
    }

    private Sql open() throws SQLException {
        Sql sql = idle.poll();
        return sql == null ? new Sql(dialect.openForReading()) : sql;
    }

    /** A connection whose transaction did not end is given up. */
    private void giveBack(Sql sql, boolean ended) {
        if (ended) {
            idle.push(sql);
        } else {
            sql.close();
        }
    }
}
