package dev.maru.engine.dispatch;

import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueuedMessage;

/**
 * A leased message on its way to a consumer.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param again whether it was on its way before, to a consumer that did not take it: then others may have overtaken it,
 *     and it counts as redelivered
 */
record Parcel(QueuedMessage message, boolean again) {

    /** A message that was just leased. */
    static Parcel of(QueuedMessage message) {
        return new Parcel(message, message.lease().attempt() > 1);
    }

    /** The same on its way again. */
    Parcel returned() {
        return new Parcel(message, true);
    }

    QueueLease lease() {
        return message.lease();
    }
}
