package dev.maru.engine.fanout;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Holds the messages of one destination back while some of them were stored ahead of their turn. Until it is known where
 * such a message was stored nothing passes; then everything before it does, and it and what lies behind it when its turn
 * has come.
 *
 * <p>A gate opens for good when too much waits behind it, and {@link FanOut} opens it when it has been there for too
 * long, so that nobody's transaction can keep the messages of the others for long.
 *
 * <p>Safe for any thread; guarded by its own lock, under which messages are passed on, and so taken before a topic's.
 */
final class Gate {
    private static final int MOST_WAITING = 1024;

    private final Consumer<Delivery> onward;
    private final Queue<Delivery> waiting = new ArrayDeque<>();
    private final TreeMap<Long, Integer> barriers = new TreeMap<>();
    private int unknown;
    private boolean open;

    Gate(Consumer<Delivery> onward) {
        this.onward = onward;
    }

    /** Something will be stored ahead of its turn. Returns whether this gate can still hold it back. */
    synchronized boolean enter() {
        unknown += open ? 0 : 1;
        return !open;
    }

    /** It was stored at this offset. */
    synchronized void stored(long offset) {
        unknown--;
        barriers.merge(offset, 1, Integer::sum);
        drain();
    }

    /** It will not be stored. */
    synchronized void failed() {
        unknown--;
        drain();
    }

    /** The turn of what was stored at this offset has come. */
    synchronized void release(long offset) {
        barriers.computeIfPresent(offset, (key, count) -> count == 1 ? null : count - 1);
        drain();
    }

    /** Takes a message, to pass it on when it may pass. Returns false if this gate is open. */
    synchronized boolean offer(Delivery message) {
        if (open) {
            return false;
        }
        waiting.add(message);
        drain();
        if (waiting.size() > MOST_WAITING) {
            open();
        }
        return true;
    }

    /** Lets everything pass from now on. */
    synchronized void open() {
        open = true;
        waiting.forEach(onward);
        waiting.clear();
    }

    /** Opens the gate if nothing is held back by it any more. Returns whether it is open. */
    synchronized boolean openIfIdle() {
        open |= unknown == 0 && barriers.isEmpty() && waiting.isEmpty();
        return open;
    }

    private void drain() {
        while (unknown == 0 && !waiting.isEmpty() && mayPass(waiting.element())) {
            onward.accept(waiting.remove());
        }
    }

    private boolean mayPass(Delivery message) {
        return message.position() == null
                || barriers.isEmpty()
                || message.position().offset() < barriers.firstKey();
    }
}
