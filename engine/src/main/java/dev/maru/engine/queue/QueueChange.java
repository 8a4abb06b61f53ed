package dev.maru.engine.queue;

import dev.maru.engine.message.MessageContent;

/**
 * One change of what waits in queues. A change of a lease that does not stand any more changes nothing: somebody else
 * may have the message by now.
 *
 * <p>Immutable; safe for any thread.
 */
public sealed interface QueueChange {

    /** The message waits in the queue, behind all others. */
    record Put(String queue, MessageContent content) implements QueueChange {}

    /**
     * The message is put, but leased to whoever puts it: nobody gets it before that lease is released. It counts no
     * attempt.
     */
    record Hold(String queue, MessageContent content) implements QueueChange {}

    /** The message was delivered and is gone. */
    record Acknowledge(QueueLease lease) implements QueueChange {}

    /**
     * The message waits again, where it stood.
     *
     * @param delivered false if nobody has seen it, so that this attempt does not count
     */
    record Release(QueueLease lease, boolean delivered) implements QueueChange {}

    /**
     * The message goes to another queue, where its attempts count from the start. If it does not fit in there it waits
     * again where it stood, rather than be lost.
     */
    record Bury(QueueLease lease, String deadLetters) implements QueueChange {}
}
