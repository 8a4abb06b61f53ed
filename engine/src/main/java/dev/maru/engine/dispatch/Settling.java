package dev.maru.engine.dispatch;

import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueueStore;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what nobody waits for: messages of consumers that are gone, and messages that count as acknowledged because
 * they were written. A store that fails is asked again until it answers, since a lease that is not settled would keep
 * its message from everybody.
 *
 * <p>Safe for any thread.
 */
record Settling(Queues queues, QueueSettings settings, QueueStore store) {
    private static final Logger log = LoggerFactory.getLogger(Settling.class);
    private static final long RETRY_MILLIS = 1000;

    boolean closed() {
        return queues.closed();
    }

    /** Makes the changes, now or as soon as the store can, and then runs the action. */
    void eventually(List<QueueChange> changes, Runnable done) {
        store.apply(changes).whenComplete((_, error) -> {
            if (error == null) {
                done.run();
            } else if (!closed()) {
                log.warn("{} messages could not be settled and will be again: {}", changes.size(), error.toString());
                later(() -> eventually(changes, done));
            }
        });
    }

    /** Runs the action after a moment, unless all queues are closed by then. */
    void later(Runnable action) {
        var _ = GlobalEventExecutor.INSTANCE.schedule(
                () -> {
                    if (!closed()) {
                        action.run();
                    }
                },
                RETRY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /**
     * What becomes of messages whose consumer gave its subscription up. That is nothing against them, so it is no attempt
     * in vain; but of the first delivery it stays known that there was one, since the next is a redelivery.
     */
    List<QueueChange> givenBack(List<QueueLease> leases) {
        return leases.stream()
                .<QueueChange>map(lease -> new QueueChange.Release(lease, lease.attempt() == 1))
                .toList();
    }

    /** What becomes of messages whose consumer went without a word; a server that stops is not their fault. */
    List<QueueChange> abandoned(List<QueueLease> leases) {
        return leases.stream()
                .map(lease -> closed() ? new QueueChange.Release(lease, false) : settings.inVain(lease))
                .toList();
    }
}
