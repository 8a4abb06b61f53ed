package dev.maru.engine.fanout;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Lets few subscriptions of one client read from histories at a time, in the order in which they asked. If all read at
 * once, most would have to throw away what they read, or write far more than may be unsent.
 *
 * <p>Confined to its client's event loop.
 */
public final class CatchUpTurns {
    private static final int MOST = 4;

    private final SequencedSet<Subscription> waiting = new LinkedHashSet<>(4);
    private int taken;

    /** Takes a turn; false if there is none now: then the subscription is resumed when there is. */
    boolean tryTake(Subscription subscription) {
        if (taken == MOST) {
            waiting.add(subscription);
            return false;
        }
        waiting.remove(subscription);
        taken++;
        return true;
    }

    /** A turn is over. */
    void giveBack() {
        taken--;
        while (taken < MOST && !waiting.isEmpty()) {
            waiting.removeFirst().resume();
        }
    }

    /** The subscription wants no turn any more. */
    void forget(Subscription subscription) {
        waiting.remove(subscription);
    }
}
