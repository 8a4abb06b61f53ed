package dev.maru.engine.cluster;

import dev.maru.engine.history.StreamPosition;
import java.util.HashMap;
import java.util.Map;

/**
 * How far this node has brought destinations since it last told. Bounded: past that the others are told to look for
 * themselves.
 *
 * <p>Safe for any thread; guarded by its own lock.
 */
final class ChangedHeads {
    private static final int MOST = 100_000;

    private Map<String, StreamPosition> heads = new HashMap<>();
    private boolean incomplete;

    /** @param complete whether these are all */
    record Taken(Map<String, StreamPosition> heads, boolean complete) {}

    synchronized void note(String destination, StreamPosition position) {
        if (heads.size() >= MOST && !heads.containsKey(destination)) {
            incomplete = true;
        } else {
            heads.merge(destination, position, (a, b) -> a.offset() > b.offset() ? a : b);
        }
    }

    synchronized Taken take() {
        Taken taken = new Taken(heads, !incomplete);
        heads = new HashMap<>();
        incomplete = false;
        return taken;
    }
}
