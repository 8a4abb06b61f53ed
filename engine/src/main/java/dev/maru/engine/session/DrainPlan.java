package dev.maru.engine.session;

import java.time.Duration;

/**
 * How clients are sent away when a server goes down.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param timeout by when all have gone; who has not been answered then is closed all the same. Positive
 * @param batch how many connections are closed in one go; more where it would take too long otherwise. Positive
 * @param pause between two batches; zero for none
 * @param returnsPerSecond how many of them should come back in a second: each is asked to wait for a random part of the
 *     time that all of them take at this pace. Positive
 */
public record DrainPlan(Duration timeout, int batch, Duration pause, int returnsPerSecond) {

    /** At most 10 s, 500 connections every 100 ms, back at 1,000 in a second. */
    public static final DrainPlan DEFAULT = new DrainPlan(Duration.ofSeconds(10), 500, Duration.ofMillis(100), 1000);

    public DrainPlan {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout must be positive: " + timeout);
        }
        if (pause.isNegative()) {
            throw new IllegalArgumentException("the pause must not be negative: " + pause);
        }
        if (batch < 1 || returnsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "batch and returnsPerSecond must be positive: " + batch + ", " + returnsPerSecond);
        }
    }

    /** The same within another time. */
    public DrainPlan within(Duration time) {
        return new DrainPlan(time, batch, pause, returnsPerSecond);
    }
}
