package dev.maru.benchmarks.restart;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long somebody waits before the next try: the browser client's rule ({@code backoff.ts}).
 *
 * <p>Stateless; safe for any thread.
 */
final class Patience {
    private static final long SHORTEST = 150;
    private static final long QUICK = 1_500;
    private static final long LONGEST = 10_000;
    private static final long PART = 20;

    private Patience() {}

    /** Milliseconds, for a connection that has been gone for so long. */
    static long millis(long brokenNanos) {
        long ceiling = Math.clamp(brokenNanos / 1_000_000 / PART, QUICK, LONGEST);
        return ThreadLocalRandom.current().nextLong(SHORTEST, ceiling);
    }
}
