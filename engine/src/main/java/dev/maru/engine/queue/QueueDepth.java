package dev.maru.engine.queue;

/**
 * How much waits in a queue.
 *
 * @param messages that nobody has acknowledged, leased ones included
 * @param bytes that they count for: body, headers and the names of both
 */
public record QueueDepth(long messages, long bytes) {

    /** Nothing waits. */
    public static final QueueDepth EMPTY = new QueueDepth(0, 0);

    /** With so many more messages and bytes, or fewer. */
    public QueueDepth plus(long moreMessages, long moreBytes) {
        return new QueueDepth(messages + moreMessages, bytes + moreBytes);
    }
}
