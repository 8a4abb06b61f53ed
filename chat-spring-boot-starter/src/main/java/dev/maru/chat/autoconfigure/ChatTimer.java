package dev.maru.chat.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which the chat does things later. Not an executor itself: as a bean it would keep Spring Boot from
 * making the application's own.
 *
 * <p>Safe for any thread.
 */
final class ChatTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChatTimer.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("maru-chat-timer").daemon().factory());

    ScheduledExecutorService executor() {
        return executor;
    }

    /** Does this again and again; what it throws is logged and ends nothing. */
    void every(Duration pause, Runnable task) {
        var _ = executor.scheduleWithFixedDelay(
                () -> runLogged(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("Something that the chat does regularly failed this time", e);
        }
    }
}
