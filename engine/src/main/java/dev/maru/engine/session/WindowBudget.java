package dev.maru.engine.session;

import dev.maru.engine.fanout.AckMode;
import java.util.HashMap;
import java.util.Map;

/**
 * How many unacknowledged messages each subscription of one session may have. What must be remembered of them adds up,
 * so the windows of a session share the room of {@value #FULL_WINDOWS} full ones: a new subscription has a full window
 * for as long as that takes no more than half of what is left, then half of what is left, and never less than
 * {@value #SMALLEST}.
 *
 * <p>Confined to its session's event loop.
 */
final class WindowBudget {
    private static final int FULL_WINDOWS = 20;
    private static final int SMALLEST = 20;

    private final int full;
    private final Map<String, Integer> taken = new HashMap<>(4);

    /** @param full the most that one subscription may have */
    WindowBudget(int full) {
        this.full = full;
    }

    /** The window of a new subscription, which is not taken yet. */
    int next() {
        long left = (long) FULL_WINDOWS * full
                - taken.values().stream().mapToLong(Integer::longValue).sum();
        return Math.clamp(left / 2, Math.min(SMALLEST, full), full);
    }

    /** The subscription of this id has this window; none if it does not acknowledge. */
    void take(String id, AckMode mode, int window) {
        if (mode != AckMode.AUTO) {
            taken.put(id, window);
        }
    }

    /** The subscription of this id has ended. */
    void giveBack(String id) {
        taken.remove(id);
    }
}
