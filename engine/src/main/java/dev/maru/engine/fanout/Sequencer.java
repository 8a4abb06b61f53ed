package dev.maru.engine.fanout;

import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts the stored messages of one destination in the order of their offsets, wherever they come from: only the next
 * offset passes, those beyond a gap are held, repeats are dropped. What is missing is read from the log by whoever owns
 * the sequencer; what does not fit into the bounded hold is missing, too, until it is read.
 *
 * <p>Guarded by its topic's lock.
 */
final class Sequencer {
    private static final int MAX_HELD = 1024;

    private final TreeMap<Long, Delivery> held = new TreeMap<>();
    private long head;
    private long newest;

    /** A sequencer that passes the message after this offset first. */
    Sequencer(long head) {
        this.head = head;
    }

    /** The offset that passed last. */
    long head() {
        return head;
    }

    /** Whether something is known to be stored that has not passed. */
    boolean hasGap() {
        return newest > head;
    }

    /** The message at this offset is stored, whether it comes here or not. */
    void expect(long offset) {
        newest = Math.max(newest, offset);
    }

    /** What comes before this offset and has not passed is kept no more: nobody need wait for it. */
    void skipTo(long offset, Consumer<Delivery> next) {
        if (offset > head + 1) {
            head = offset - 1;
            releaseHeld(next);
        }
    }

    /** Takes a message and hands on all whose turn has come. */
    void offer(Delivery message, Consumer<Delivery> next) {
        long offset = message.offset();
        expect(offset);
        if (offset > head + 1) {
            hold(offset, message);
        } else if (offset == head + 1) {
            pass(message, next);
            releaseHeld(next);
        }
    }

    private void hold(long offset, Delivery message) {
        if (held.size() < MAX_HELD || offset < held.lastKey()) {
            held.putIfAbsent(offset, message);
        }
        if (held.size() > MAX_HELD) {
            held.pollLastEntry();
        }
    }

    private void releaseHeld(Consumer<Delivery> next) {
        while (!held.isEmpty() && held.firstKey() <= head + 1) {
            Delivery message = held.pollFirstEntry().getValue();
            if (message.offset() == head + 1) {
                pass(message, next);
            }
        }
    }

    private void pass(Delivery message, Consumer<Delivery> next) {
        head = message.offset();
        next.accept(message);
    }
}
