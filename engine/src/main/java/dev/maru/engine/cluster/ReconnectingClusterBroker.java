package dev.maru.engine.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ClusterBroker} that lives from session to session: each ends with whatever connection it has lost, and the
 * next one listens to the same partitions before anybody is told of it.
 *
 * <p>Safe for any thread. What this node listens to is guarded by this object's lock, under which nothing waits.
 */
public abstract class ReconnectingClusterBroker implements ClusterBroker {
    private final String server;
    private final Duration patience;
    private final Set<Integer> wanted = new HashSet<>();
    private volatile @Nullable ConnectionKeeper keeper;
    private volatile @Nullable Session session;

    /** What a broker does while it is connected. All but closing returns at once. */
    public interface Session extends AutoCloseable {
        /**
         * Begins to listen; called in turn with {@link #ignore}. Completes when all that is published from then on
         * arrives, or when the session has ended; never exceptionally. Repeating it changes nothing.
         */
        CompletionStage<Void> listen(int partition);

        /** Stops listening. Repeating it changes nothing. */
        void ignore(int partition);

        /** As {@link ClusterBroker#publish}. */
        CompletionStage<Void> publish(int partition, byte[] parcel);

        /** Disconnects; waits for a second or so at most, and throws nothing. */
        @Override
        void close();
    }

    /**
     * @param server what to call it in the log
     * @param patience how long beginning to listen may take after the connection was opened
     */
    protected ReconnectingClusterBroker(String server, Duration patience) {
        this.server = server;
        this.patience = patience;
    }

    /**
     * Connects, without listening to anything; may block.
     *
     * @param lost to be told, on any thread and any number of times, when the session is of no more use
     * @throws Exception if that fails, with nothing left open
     */
    protected abstract Session open(int partitions, ClusterReceiver receiver, Consumer<Throwable> lost)
            throws Exception;

    @Override
    public final void start(int partitions, ClusterReceiver receiver) {
        ConnectionKeeper starting = new ConnectionKeeper(
                server, lost -> begin(open(partitions, receiver, lost)), new ConnectionKeeper.Watcher() {
                    @Override
                    public void connected() {
                        receiver.onConnected();
                    }

                    @Override
                    public void disconnected(Throwable cause) {
                        receiver.onDisconnected(cause);
                    }
                });
        keeper = starting;
        starting.start();
    }

    @Override
    public final synchronized CompletionStage<Void> listen(int partition) {
        wanted.add(partition);
        Session current = session;
        return current == null ? CompletableFuture.completedStage(null) : current.listen(partition);
    }

    @Override
    public final synchronized void ignore(int partition) {
        wanted.remove(partition);
        Session current = session;
        if (current != null) {
            current.ignore(partition);
        }
    }

    @Override
    public final CompletionStage<Void> publish(int partition, byte[] parcel) {
        Session current = session;
        if (current == null || !isConnected()) {
            return CompletableFuture.failedStage(new ClusterUnavailableException(server + " is not connected"));
        }
        return current.publish(partition, parcel);
    }

    @Override
    public final boolean isConnected() {
        ConnectionKeeper current = keeper;
        return current != null && current.isConnected();
    }

    @Override
    public void close() {
        ConnectionKeeper current = keeper;
        if (current != null) {
            current.close();
        }
    }

    private AutoCloseable begin(Session opened) throws Exception {
        try {
            listenToAll(opened).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            end(opened);
            throw e;
        }
        return () -> end(opened);
    }

    private synchronized CompletableFuture<Void> listenToAll(Session opened) {
        session = opened;
        return CompletableFuture.allOf(wanted.stream()
                .map(partition -> opened.listen(partition).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private void end(Session ending) {
        synchronized (this) {
            session = null;
        }
        ending.close();
    }
}
