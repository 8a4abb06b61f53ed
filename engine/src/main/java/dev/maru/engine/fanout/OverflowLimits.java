package dev.maru.engine.fanout;

/**
 * What may wait for one client that is too slow, on destinations whose policy lets messages wait; comes on top of the
 * bytes that may be unsent. Both are positive.
 *
 * @param messages most messages, over all subscriptions of the connection
 * @param bytes most bytes of those messages
 */
public record OverflowLimits(int messages, int bytes) {

    /** 256 messages, 256 KiB. */
    public static final OverflowLimits DEFAULT = new OverflowLimits(256, 256 * 1024);

    public OverflowLimits {
        if (messages < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits must be positive: " + messages + ", " + bytes);
        }
    }
}
