package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Two connections, and the threads that go with them.
 *
 * <p>Safe for any thread.
 *
 * @param consumers the one thread on which consumers are called
 * @param timer one thread that may wait for the broker
 */
record RabbitLinks(
        Connection listening, Connection publishing, ExecutorService consumers, ScheduledExecutorService timer) {
    private static final int CLOSING_MILLIS = 500;

    static RabbitLinks open(RabbitAddress address, String name, Consumer<Throwable> lost)
            throws IOException, TimeoutException {
        ExecutorService consumers = Executors.newSingleThreadExecutor(threads("maru-cluster-consumer"));
        try {
            Connection listening = address.connect(consumers, name + " listening");
            try {
                return new RabbitLinks(
                                listening,
                                address.connect(consumers, name + " publishing"),
                                consumers,
                                Executors.newSingleThreadScheduledExecutor(threads("maru-cluster-timer")))
                        .watched(lost);
            } catch (IOException | TimeoutException | RuntimeException e) {
                listening.abort(CLOSING_MILLIS);
                throw e;
            }
        } catch (IOException | TimeoutException | RuntimeException e) {
            consumers.shutdown();
            throw e;
        }
    }

    /** Waits for a second at most. */
    void close() {
        timer.shutdownNow();
        listening.abort(CLOSING_MILLIS);
        publishing.abort(CLOSING_MILLIS);
        consumers.shutdown();
    }

    private RabbitLinks watched(Consumer<Throwable> lost) {
        listening.addShutdownListener(lost::accept);
        publishing.addShutdownListener(lost::accept);
        return this;
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }
}
