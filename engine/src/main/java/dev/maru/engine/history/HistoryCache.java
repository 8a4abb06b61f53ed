package dev.maru.engine.history;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps what was read from histories lately in memory, so that many clients that come back at once are served from one
 * reading: after a restart everybody asks for much the same messages.
 *
 * <p>What is kept is bounded in bytes over all destinations of all logs together. When there is more, pages that nobody
 * has asked for since they were looked at the last time give way (the clock algorithm: F. J. Corbató, "A Paging
 * Experiment with the Multics System", 1968).
 *
 * <p>Safe for any thread; guarded by its own lock, which is taken before a page's. Answers from memory take only the
 * page's.
 */
public final class HistoryCache {
    private final long maxBytes;
    private final IdentityHashMap<MessageLog, CachedMessageLog> logs = new IdentityHashMap<>();
    private final SequencedSet<HistoryPage> clock = new LinkedHashSet<>();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder reads = new LongAdder();

    /**
     * An empty cache.
     *
     * @param maxBytes what is kept at most, with some room for what each message takes beside its body. 0: nothing, but
     *     those who ask for the same page while it is being read share that reading
     */
    public HistoryCache(long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must not be negative: " + maxBytes);
        }
        this.maxBytes = maxBytes;
    }

    /** The same log, read through this cache; the same for the same log. To be used in the place of the log. */
    public synchronized MessageLog around(MessageLog log) {
        return logs.computeIfAbsent(log, some -> new CachedMessageLog(some, this));
    }

    /** What is kept now, in bytes. */
    public long bytes() {
        return bytes.get();
    }

    /** How many questions were answered from memory or by a reading that was under way. */
    public long hits() {
        return hits.sum();
    }

    /** How many pages were read from the logs. */
    public long reads() {
        return reads.sum();
    }

    void hit() {
        hits.increment();
    }

    void read() {
        reads.increment();
    }

    /** The page has been filled; it may give way from now on. */
    synchronized void entered(HistoryPage page) {
        if (!page.isGone()) {
            clock.add(page);
        }
    }

    /** The page has given up what it had. */
    synchronized void left(HistoryPage page, long less) {
        clock.remove(page);
        bytes.addAndGet(-less);
    }

    /** A page has so many bytes more. */
    void grew(long more) {
        if (bytes.addAndGet(more) > maxBytes) {
            makeRoom();
        }
    }

    private synchronized void makeRoom() {
        int chances = clock.size();
        while (bytes.get() > maxBytes && !clock.isEmpty()) {
            HistoryPage oldest = clock.removeFirst();
            if (chances-- > 0 && oldest.takeUsed()) {
                clock.add(oldest);
            } else {
                oldest.discard();
            }
        }
    }
}
