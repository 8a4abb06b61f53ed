package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Two connections, and the threads that go with them.
 *
 * <p>Safe for any thread; all consumers are called on one thread.
 *
 * @param timer one thread that may wait for the broker
 */
record RabbitLinks(Connection listening, Connection publishing, ScheduledExecutorService timer) {
    private static final long IDLE_SECONDS = 10;
    private static final int CLOSING_MILLIS = 500;

    static RabbitLinks open(RabbitAddress address, String name, Consumer<Throwable> lost)
            throws IOException, TimeoutException {
        ExecutorService consumers = consumers();
        Connection listening = address.connect(consumers, name + " listening");
        try {
            return new RabbitLinks(
                            listening,
                            address.connect(consumers, name + " publishing"),
                            Executors.newSingleThreadScheduledExecutor(threads("maru-cluster-timer")))
                    .watched(lost);
        } catch (IOException | TimeoutException | RuntimeException e) {
            listening.abort(CLOSING_MILLIS);
            throw e;
        }
    }

    /** One thread, which ends by itself: the client hands it things for a while after a connection has ended. */
    private static ExecutorService consumers() {
        ThreadPoolExecutor consumers = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("maru-cluster-consumer"));
        consumers.allowCoreThreadTimeOut(true);
        return consumers;
    }

    /** Waits for a second at most. */
    void close() {
        timer.shutdownNow();
        listening.abort(CLOSING_MILLIS);
        publishing.abort(CLOSING_MILLIS);
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
