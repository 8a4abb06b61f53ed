package dev.maru.engine.dispatch;

import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueLease;

/**
 * How often a message of a queue is tried, and where it goes then.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param deliveryAttempts how many consumers may get a message and not acknowledge it, at least 1
 * @param deadLetters the queue for those that nobody would acknowledge; there they are tried for ever
 */
public record QueueSettings(int deliveryAttempts, String deadLetters) {

    /** Five attempts, then {@code /queue/dead-letter}. */
    public static final QueueSettings DEFAULT = new QueueSettings(5, "/queue/dead-letter");

    public QueueSettings {
        if (deliveryAttempts < 1) {
            throw new IllegalArgumentException("there must be an attempt: " + deliveryAttempts);
        }
    }

    /** What becomes of a message that was delivered in vain. */
    QueueChange inVain(QueueLease lease) {
        return lease.attempt() >= deliveryAttempts && !lease.queue().equals(deadLetters)
                ? new QueueChange.Bury(lease, deadLetters)
                : new QueueChange.Release(lease, true);
    }
}
