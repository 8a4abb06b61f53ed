package dev.maru.engine.queue;

import dev.maru.engine.fault.DeliveryFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.message.MessageContent;
import java.nio.charset.StandardCharsets;

/**
 * What bounds the queues of a store. Every value is positive.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param messages most messages that wait in one queue
 * @param bytes most bytes that wait in one queue
 * @param queues most queues in which something waits
 */
public record QueueLimits(long messages, long bytes, int queues) {

    /** The defaults that the queues page documents. */
    public static final QueueLimits DEFAULT = new QueueLimits(100_000, 64L * 1024 * 1024, 1000);

    /** So that messages without a body count, too. */
    private static final int ROW = 64;

    public QueueLimits {
        if (messages < 1 || bytes < 1 || queues < 1) {
            throw new IllegalArgumentException("limits must be positive: " + messages + ", " + bytes + ", " + queues);
        }
    }

    /** Whether one more message of this size fits into a queue of this depth. */
    public boolean hasRoom(QueueDepth depth, long size) {
        return depth.messages() < messages && depth.bytes() + size <= bytes;
    }

    /**
     * Checks that one more message fits.
     *
     * @param depth of its queue
     * @param others in how many other queues something waits
     * @throws Refusal with {@link DeliveryFault#QUEUE_FULL} or {@link DeliveryFault#TOO_MANY_QUEUES}
     */
    public void check(QueueDepth depth, long size, long others) {
        if (!hasRoom(depth, size)) {
            throw new Refusal(DeliveryFault.QUEUE_FULL, "as much waits in this queue as may wait in one");
        }
        if (depth.messages() == 0 && others >= queues) {
            throw new Refusal(DeliveryFault.TOO_MANY_QUEUES, "messages wait in as many queues as there may be");
        }
    }

    /** The bytes that a message counts for. */
    public static long size(MessageContent content) {
        long[] size = {ROW + content.body().length};
        content.headers().forEach((name, value) -> size[0] += utf8(name) + utf8(value));
        return size[0] + (content.contentType() == null ? 0 : utf8(content.contentType()));
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
