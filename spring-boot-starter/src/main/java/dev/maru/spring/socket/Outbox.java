package dev.maru.spring.socket;

import dev.maru.transport.conversation.Peer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the application sends to one client, on its way to the client's event loop and from there to the socket. Nobody
 * ever waits for a client: what is too much is refused.
 *
 * <p>Safe for any thread. Messages of one thread keep their order.
 */
final class Outbox {
    /** What a message costs beside its bytes, so that empty ones are not free. */
    private static final int OVERHEAD = 64;

    private final Peer peer;
    private final long limit;
    private final AtomicLong onTheWay = new AtomicLong();
    private volatile long unsent;

    Outbox(Peer peer, long limit) {
        this.peer = peer;
        this.limit = limit;
    }

    /**
     * Has the message written on the event loop, unless too much waits already. A message that nothing waits before is
     * never too much.
     */
    boolean send(int bytes, Runnable write) {
        long weight = (long) bytes + OVERHEAD;
        long before = onTheWay.getAndAdd(weight) + unsent;
        if (before > 0 && before + weight > limit) {
            onTheWay.addAndGet(-weight);
            return false;
        }
        onLoop(() -> {
            write.run();
            sent();
            onTheWay.addAndGet(-weight);
        });
        return true;
    }

    /** For the event loop: less may be unsent than before. */
    void sent() {
        unsent = peer.unsentBytes();
    }

    /** Runs the task behind everything that was sent before. */
    void onLoop(Runnable task) {
        try {
            peer.executor().execute(task);
        } catch (RejectedExecutionException ended) {
            // The loops have ended, and every connection with them.
        }
    }
}
