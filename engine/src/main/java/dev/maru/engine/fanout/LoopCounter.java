package dev.maru.engine.fanout;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A number that one event loop counts and anybody reads. Counting costs no more than a field: nobody else writes, so
 * nothing has to be atomic, and whoever reads sees a value of a moment ago.
 *
 * <p>{@link #add} is confined to the event loop, {@link #get} is safe for any thread.
 */
final class LoopCounter {
    private final AtomicLong value = new AtomicLong();

    void add(long more) {
        value.setOpaque(value.getPlain() + more);
    }

    long get() {
        return value.getOpaque();
    }
}
