package dev.maru.chat.search;

import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the index behind the commits, on a platform thread of its own: from where a cursor in the database says that
 * it stopped, some messages at a time, the cursor moved in the same transaction.
 *
 * <p>{@link #wake}, {@link #catchUp} and {@link #close} are safe for any thread.
 */
final class SearchIndexer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexer.class);
    private static final int STEP = 64;

    /** So that the messages of a moment share a commit. */
    private static final Duration GATHER = Duration.ofMillis(50);

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final Database database;
    private final Semaphore woken = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    SearchIndexer(Database database) {
        this.database = database;
        this.thread = Thread.ofPlatform().daemon().name("maru-search-index").start(this::run);
    }

    /** There may be new messages. */
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    /** Completes when everything that is stored now is in the index. */
    CompletionStage<Boolean> catchUp() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.add(done);
        }
        wake();
        if (stopped) {
            failWaiting();
        }
        return done;
    }

    @Override
    public void close() {
        closed.countDown();
        wake();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed(Duration.ZERO)) {
                work();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopped = true;
        failWaiting();
    }

    private void failWaiting() {
        takeWaiting().forEach(done -> done.completeExceptionally(new IllegalStateException("the search is closed")));
    }

    private void work() throws InterruptedException {
        woken.acquire();
        if (!isAwaited() && isClosed(GATHER)) {
            return;
        }
        // In this order: whoever comes after the permits are gone leaves a new one.
        woken.drainPermits();
        List<CompletableFuture<Boolean>> served = takeWaiting();
        try {
            while (step()) {
                if (closed.getCount() == 0) {
                    putBack(served);
                    return;
                }
            }
            served.forEach(done -> done.complete(true));
        } catch (CompletionException e) {
            LOG.warn("The search index could not be filled; trying again: {}", String.valueOf(e.getMessage()));
            putBack(served);
            if (!isClosed(AFTER_A_FAILURE)) {
                wake();
            }
        }
    }

    /** Indexes the next messages. Returns whether there were any. */
    private boolean step() {
        List<IndexRow> rows = database.slowReaders()
                .read(sql -> IndexRow.next(sql, STEP))
                .toCompletableFuture()
                .join();
        if (rows.isEmpty()) {
            return false;
        }
        database.writer()
                .submitApart(sql -> insert(sql, rows))
                .toCompletableFuture()
                .join();
        return true;
    }

    private static boolean insert(Sql sql, List<IndexRow> rows) throws SQLException {
        for (IndexRow row : rows) {
            row.insert(sql);
        }
        sql.update(
                "UPDATE maru_search_cursor SET row_no = ? WHERE id = 1",
                rows.getLast().number());
        return true;
    }

    private boolean isClosed(Duration within) throws InterruptedException {
        return closed.await(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean isAwaited() {
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    private List<CompletableFuture<Boolean>> takeWaiting() {
        synchronized (waiting) {
            List<CompletableFuture<Boolean>> taken = List.copyOf(waiting);
            waiting.clear();
            return taken;
        }
    }

    private void putBack(List<CompletableFuture<Boolean>> served) {
        synchronized (waiting) {
            waiting.addAll(served);
        }
    }
}
