package dev.maru.engine.cluster;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The other nodes that were heard of lately.
 *
 * <p>Safe for any thread; guarded by its own lock.
 */
final class KnownNodes {
    private static final int MOST = 10_000;

    private final long silenceNanos;
    private final Map<Long, Long> lastHeard = new HashMap<>();

    KnownNodes(long silenceNanos) {
        this.silenceNanos = silenceNanos;
    }

    synchronized void heard(long node, long now) {
        if (lastHeard.size() < MOST || lastHeard.containsKey(node)) {
            lastHeard.put(node, now);
        }
    }

    /** Returns whether the node was known. */
    synchronized boolean left(long node) {
        return lastHeard.remove(node) != null;
    }

    /** Forgets those that have been silent for too long; returns whether there were any. */
    synchronized boolean anyLost(long now) {
        boolean lost = false;
        for (Iterator<Long> heard = lastHeard.values().iterator(); heard.hasNext(); ) {
            if (now - heard.next() > silenceNanos) {
                heard.remove();
                lost = true;
            }
        }
        return lost;
    }

    synchronized int size() {
        return lastHeard.size();
    }
}
