package dev.maru.engine.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session when the credential that opened it ends. Looks at the clock at least once an hour, since the clock of
 * the day may be set while the timer's runs on.
 *
 * <p>Confined to its session's event loop.
 */
final class SessionExpiry {
    private static final Duration LONGEST_NAP = Duration.ofHours(1);

    private final EventExecutor executor;
    private final InstantSource time;
    private final Runnable expired;
    private @Nullable ScheduledFuture<?> timer;

    SessionExpiry(EventExecutor executor, InstantSource time, Runnable expired) {
        this.executor = executor;
        this.time = time;
        this.expired = expired;
    }

    /** From now on this credential is what counts. */
    void watch(@Nullable Credential credential) {
        cancel();
        if (credential != null && credential.expiresAt() != null) {
            check(credential.expiresAt());
        }
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void check(Instant end) {
        Duration left = Duration.between(time.instant(), end);
        if (!left.isPositive()) {
            expired.run();
            return;
        }
        long nanos = left.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP.toNanos() : left.toNanos();
        timer = executor.schedule(() -> check(end), nanos, TimeUnit.NANOSECONDS);
    }
}
