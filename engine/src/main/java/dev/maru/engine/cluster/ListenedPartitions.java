package dev.maru.engine.cluster;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions this node listens to: those of destinations that have subscribers here. One that nobody needs any
 * more is listened to for a while yet, because people come and go.
 *
 * <p>Safe for any thread; guarded by its own lock.
 */
final class ListenedPartitions {
    private static final long PATIENCE_SECONDS = 5;

    private final ClusterBroker broker;
    private final Runnable late;
    private final int[] users;
    private final boolean[] unusedBefore;
    private final @Nullable CompletableFuture<?>[] listening;

    /** @param late called if a listening begins so late that nobody waited for it */
    ListenedPartitions(ClusterBroker broker, int partitions, Runnable late) {
        this.broker = broker;
        this.late = late;
        this.users = new int[partitions];
        this.unusedBefore = new boolean[partitions];
        this.listening = new @Nullable CompletableFuture<?>[partitions];
    }

    /** One more needs the partition. The stage completes when it is listened to, or the broker is too slow. */
    synchronized CompletableFuture<?> use(int partition) {
        users[partition]++;
        unusedBefore[partition] = false;
        CompletableFuture<?> known = listening[partition];
        if (known == null) {
            known = begin(partition);
            listening[partition] = known;
        }
        return known;
    }

    /** One fewer needs the partition. */
    synchronized void release(int partition) {
        users[partition]--;
    }

    /** One more needs all partitions. */
    synchronized CompletableFuture<?> useAll() {
        CompletableFuture<?>[] all = new CompletableFuture<?>[users.length];
        Arrays.setAll(all, this::use);
        return CompletableFuture.allOf(all);
    }

    /** One fewer needs all partitions. */
    synchronized void releaseAll() {
        for (int partition = 0; partition < users.length; partition++) {
            release(partition);
        }
    }

    /** Stops listening to what nobody has needed since the last call. */
    synchronized void ignoreUnused() {
        for (int partition = 0; partition < users.length; partition++) {
            boolean unused = users[partition] == 0 && listening[partition] != null;
            if (unused && unusedBefore[partition]) {
                listening[partition] = null;
                broker.ignore(partition);
            }
            unusedBefore[partition] = unused;
        }
    }

    private CompletableFuture<?> begin(int partition) {
        CompletableFuture<Void> patient = new CompletableFuture<>();
        broker.listen(partition).whenComplete((_, _) -> {
            if (!patient.complete(null)) {
                late.run();
            }
        });
        return patient.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
