package dev.maru.store.jdbc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much is unanswered, bounded by number and by bytes. What is larger than all the bytes gets in alone.
 *
 * <p>Safe for any thread.
 */
final class Backlog {

    private final int most;
    private final long mostBytes;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Backlog(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Whether there is room; if so it is taken, until {@link #leave}. */
    boolean tryEnter(long size) {
        long all = bytes.addAndGet(size);
        if (count.incrementAndGet() <= most && (all <= mostBytes || all == size)) {
            return true;
        }
        leave(size);
        return false;
    }

    boolean isEmpty() {
        return count.get() == 0;
    }

    boolean isHalfFull() {
        return count.get() >= most / 2;
    }

    void leave(long size) {
        count.decrementAndGet();
        bytes.addAndGet(-size);
    }
}
