package dev.maru.store.jdbc;

import dev.maru.engine.cluster.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells the other nodes which queues have something for their consumers: at once, and then as often as there is a pause
 * between two calls for one queue, however much is put into it.
 *
 * <p>Safe for any thread.
 */
final class QueueCalls {
    private static final String KIND = "queue";
    private static final long PAUSE_MILLIS = 10;
    private static final Executor AFTER_A_PAUSE =
            CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);

    private final Cluster cluster;
    /** The queues that were told of within the pause, and whether there is something new to tell since. */
    private final ConcurrentMap<String, Boolean> told = new ConcurrentHashMap<>();

    QueueCalls(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Hears what other nodes tell. */
    void hear(Consumer<String> waiting) {
        cluster.onAnnounced(KIND, queue -> waiting.accept(new String(queue, StandardCharsets.UTF_8)));
    }

    /** Something waits in this queue. */
    void call(String queue) {
        if (!cluster.isAlone() && told.put(queue, true) == null) {
            tell(queue);
        }
    }

    private void tell(String queue) {
        if (told.replace(queue, true, false)) {
            cluster.announce(KIND, queue.getBytes(StandardCharsets.UTF_8));
            AFTER_A_PAUSE.execute(() -> tell(queue));
        } else {
            forget(queue);
        }
    }

    private void forget(String queue) {
        if (!told.remove(queue, false)) {
            tell(queue);
        }
    }
}
