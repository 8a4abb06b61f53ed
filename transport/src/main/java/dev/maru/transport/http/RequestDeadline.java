package dev.maru.transport.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a client may take for the next step of its request. Deadlines move with each request and are hardly ever
 * reached, so one timer looks now and then whether it is late, instead of one timer for each step.
 *
 * <p>Confined to its channel's event loop.
 */
final class RequestDeadline {

    /** What happens when it is too late. */
    @FunctionalInterface
    interface Expiry {
        /** It is too late; {@code begun} says whether the beginning of a request was seen. */
        void expired(boolean begun);
    }

    private final EventExecutor executor;
    private final Expiry expiry;

    private @Nullable Future<?> timer;
    private long timerAt;
    private long deadline;
    private boolean set;
    private boolean begun;

    RequestDeadline(EventExecutor executor, Expiry expiry) {
        this.executor = executor;
        this.expiry = expiry;
    }

    /** The next step has this long from now. */
    void in(Duration time) {
        begun = false;
        set = true;
        deadline = System.nanoTime() + time.toNanos();
        startTimer();
    }

    /** The step has begun, and has this long, unless it began before. */
    void atLatestIn(Duration time) {
        if (!begun) {
            in(time);
            begun = true;
        }
    }

    /** Nothing is expected of the client now. */
    void none() {
        set = false;
        begun = false;
    }

    /** Nothing will be expected any more. */
    void cancel() {
        none();
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void startTimer() {
        if (timer != null && timerAt - deadline <= 0) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timerAt = deadline;
        timer = executor.schedule(this::look, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        timer = null;
        if (set && deadline - System.nanoTime() <= 0) {
            expiry.expired(begun);
        } else if (set) {
            startTimer();
        }
    }
}
