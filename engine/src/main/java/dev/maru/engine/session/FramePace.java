package dev.maru.engine.session;

import java.util.concurrent.TimeUnit;

/**
 * Whether a client keeps to its {@link MessageRate}: a leaky bucket, kept as the time at which it will be empty (the
 * generic cell rate algorithm of ITU-T I.371).
 *
 * <p>Confined to its session's event loop.
 */
final class FramePace {
    /** A pause is at least this long, so that a client at the limit is read in portions and not frame by frame. */
    private static final long PORTION = TimeUnit.MILLISECONDS.toNanos(100);

    /** How many times its burst a client may be ahead before it is refused. */
    private static final int FAR_AHEAD = 10;

    private final long each;
    private final long burst;
    private long emptyIn;
    private long updated;

    FramePace(MessageRate rate, long now) {
        this.each = TimeUnit.SECONDS.toNanos(1) / rate.perSecond();
        this.burst = rate.burst() * each;
        this.updated = now;
    }

    /** A frame has arrived. */
    void count(long now) {
        drain(now);
        emptyIn += each;
    }

    /** Whether so much came at once that pausing does not help. */
    boolean farTooFast() {
        return emptyIn > FAR_AHEAD * burst;
    }

    /** How long to read nothing, in nanoseconds; 0 to go on. */
    long pause(long now) {
        drain(now);
        return emptyIn <= burst ? 0 : emptyIn - burst + Math.min(burst, PORTION);
    }

    private void drain(long now) {
        emptyIn = Math.max(0, emptyIn - (now - updated));
        updated = now;
    }
}
