package dev.maru.engine.fanout;

/**
 * What may wait for one client that is too slow, beside what is unsent: so many messages and bytes, over all of its
 * subscriptions whose {@link dev.maru.engine.destination.OverflowPolicy} lets messages wait.
 *
 * <p>Confined to its client's event loop.
 */
public final class OverflowBudget {
    /** What a message takes beside its body, so that empty ones are not free. */
    private static final int OVERHEAD = 64;

    private final OverflowLimits limits;
    private int messages;
    private long bytes;

    public OverflowBudget(OverflowLimits limits) {
        this.limits = limits;
    }

    /** Whether the message could wait if nothing else did. */
    boolean couldTake(Delivery message) {
        return cost(message) <= limits.bytes();
    }

    /** Takes the room for a message, if there is as much. */
    boolean tryTake(Delivery message) {
        if (messages >= limits.messages() || bytes + cost(message) > limits.bytes()) {
            return false;
        }
        messages++;
        bytes += cost(message);
        return true;
    }

    void giveBack(Delivery message) {
        messages--;
        bytes -= cost(message);
    }

    private static long cost(Delivery message) {
        return (long) OVERHEAD + message.content().body().length;
    }
}
