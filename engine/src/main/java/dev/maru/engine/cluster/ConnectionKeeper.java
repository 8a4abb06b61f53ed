package dev.maru.engine.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to a server of somebody else's: opens it, and opens another whenever it was lost, with pauses that
 * grow from 50 ms to 3 s and vary, so that nodes do not come all at once.
 *
 * <p>Safe for any thread. Connections are opened and closed, and the watcher is told, on one thread of its own, where
 * everything may block.
 */
public final class ConnectionKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionKeeper.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String server;
    private final Opener opener;
    private final Watcher watcher;
    private final ScheduledExecutorService thread;
    private long pause = FIRST_PAUSE_MILLIS;
    private @Nullable Attempt current;
    private volatile boolean connected;
    private volatile boolean closed;

    /** Opens a connection. */
    @FunctionalInterface
    public interface Opener {
        /**
         * May block, and should give up after some seconds.
         *
         * @param lost to be told, on any thread and any number of times, when the connection is of no more use
         * @throws Exception if it cannot be opened, with nothing left open
         */
        AutoCloseable open(Consumer<Throwable> lost) throws Exception;
    }

    /** Is told in turn that there is a connection and that there is none. */
    public interface Watcher {
        /** Cares about neither. */
        Watcher NOBODY = new Watcher() {
            @Override
            public void connected() {}

            @Override
            public void disconnected(Throwable cause) {}
        };

        void connected();

        void disconnected(Throwable cause);
    }

    /** @param server what to call it in the log and in the name of the thread, for example {@code Redis} */
    public ConnectionKeeper(String server, Opener opener, Watcher watcher) {
        this.server = server;
        this.opener = opener;
        this.watcher = watcher;
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("maru-cluster-" + server).factory());
    }

    /** Begins to connect, and goes on trying. */
    public void start() {
        run(this::open);
    }

    /** Whether there was a connection when it was last heard of. */
    public boolean isConnected() {
        return connected && !closed;
    }

    /** Ends the connection for good; waits for a few seconds at most. The watcher is not told. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        CompletableFuture<Void> ended = new CompletableFuture<>();
        run(() -> {
            closeCurrent();
            ended.complete(null);
        });
        ended.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        thread.shutdownNow();
    }

    private void open() {
        if (closed) {
            return;
        }
        Attempt attempt = new Attempt();
        try {
            attempt.connection = opener.open(cause -> run(() -> lost(attempt, cause)));
        } catch (Exception e) {
            retry(e);
            return;
        } catch (Error e) {
            LOG.error("No more attempts to reach {}", server, e);
            throw e;
        }
        current = attempt;
        if (closed) {
            closeCurrent();
            return;
        }
        connected = true;
        pause = FIRST_PAUSE_MILLIS;
        LOG.info("Connected to {}.", server);
        tell(watcher::connected);
    }

    private void lost(Attempt attempt, Throwable cause) {
        if (closed || current != attempt) {
            return;
        }
        connected = false;
        closeCurrent();
        LOG.warn("The connection to {} is lost: {}", server, cause.toString());
        tell(() -> watcher.disconnected(cause));
        later();
    }

    private void retry(Exception cause) {
        if (!closed) {
            if (pause == FIRST_PAUSE_MILLIS) {
                LOG.warn("{} cannot be reached, will go on trying: {}", server, cause.toString());
            }
            LOG.debug("An attempt to reach {} failed", server, cause);
            later();
        }
    }

    private void later() {
        long delay = pause / 2 + ThreadLocalRandom.current().nextLong(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        try {
            thread.schedule(this::open, delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.trace("Closed meanwhile", e);
        }
    }

    private void closeCurrent() {
        Attempt ending = current;
        current = null;
        if (ending != null && ending.connection != null) {
            try {
                ending.connection.close();
            } catch (Exception e) {
                LOG.debug("Closing the connection to {} failed", server, e);
            }
        }
    }

    private void run(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.trace("Closed meanwhile", e);
        }
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("A listener to the connection to {} failed", server, e);
        }
    }

    /** One connection, or the try to get it; confined to the keeper's thread. */
    private static final class Attempt {
        private @Nullable AutoCloseable connection;
    }
}
