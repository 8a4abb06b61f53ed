package dev.maru.testkit;

import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.ClusterReceiver;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A broker that loses, repeats and delays what it is given, so that what two nodes publish at once arrives in any order;
 * and that notes which partitions were ever listened to.
 *
 * <p>Safe for any thread. What a parcel meets depends on the seed and on how many came before.
 */
final class UnreliableClusterBroker implements ClusterBroker {
    private static final int MOST_DELAY_MILLIS = 20;

    private final ClusterBroker broker;
    private final Random random;
    private final Set<Integer> everListened = ConcurrentHashMap.newKeySet();
    private volatile int percent;
    private volatile boolean silent;

    UnreliableClusterBroker(ClusterBroker broker, long seed) {
        this.broker = broker;
        this.random = new Random(seed);
    }

    /** How many of a hundred parcels are lost, how many are repeated, and how many are late. */
    void fail(int percentOfEach) {
        percent = percentOfEach;
    }

    /** Whether everything is lost. */
    void silent(boolean on) {
        silent = on;
    }

    /** How many partitions were ever listened to. */
    int everListened() {
        return everListened.size();
    }

    @Override
    public void start(int partitions, ClusterReceiver receiver) {
        broker.start(partitions, receiver);
    }

    @Override
    public CompletionStage<Void> listen(int partition) {
        everListened.add(partition);
        return broker.listen(partition);
    }

    @Override
    public void ignore(int partition) {
        broker.ignore(partition);
    }

    @Override
    public CompletionStage<Void> publish(int partition, byte[] parcel) {
        int fate = fate();
        if (silent || fate < percent) {
            return CompletableFuture.completedStage(null);
        }
        if (fate < 2 * percent) {
            var _ = broker.publish(partition, parcel);
        } else if (fate < 3 * percent) {
            CompletableFuture.delayedExecutor(MOST_DELAY_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> broker.publish(partition, parcel));
            return CompletableFuture.completedStage(null);
        }
        return broker.publish(partition, parcel);
    }

    @Override
    public boolean isConnected() {
        return broker.isConnected();
    }

    @Override
    public void close() {
        broker.close();
    }

    private synchronized int fate() {
        return random.nextInt(100);
    }
}
