package dev.maru.cluster.rabbitmq;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Since when messages fail that ought to pass one day. Remembers the {@value #MOST} last ones, known by what is in them.
 *
 * <p>Safe for any thread.
 */
final class LongFailures {
    private static final int MOST = 1_000;
    private static final Duration TOO_LONG = Duration.ofHours(1);

    private final InstantSource clock;
    private final Map<Integer, Instant> since = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Instant> eldest) {
            return size() > MOST;
        }
    };

    LongFailures(InstantSource clock) {
        this.clock = clock;
    }

    /** A message has failed (again); says whether it has done so for an hour. */
    synchronized boolean isTooLong(int message) {
        Instant now = clock.instant();
        Instant first = since.computeIfAbsent(message, _ -> now);
        boolean tooLong = first.plus(TOO_LONG).isBefore(now);
        if (tooLong) {
            since.remove(message);
        }
        return tooLong;
    }

    synchronized void passed(int message) {
        since.remove(message);
    }
}
