package dev.maru.spring.drain;

import dev.maru.engine.session.DrainPlan;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How clients are sent away when the application goes down.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param notice How long the application only says that it is not ready, and still takes new clients, before it refuses
 *     them: long enough for a load balancer to notice. Zero: not at all.
 * @param timeout Within which time, after the notice, all clients have been answered and sent away. Must be positive.
 * @param batch How many connections are closed in one go; more where it would take too long otherwise. Must be positive.
 * @param pause How long to wait between two batches. Zero: not at all.
 * @param returnsPerSecond How many clients should come back in a second: each is asked to wait for a random part of the
 *     time that all of them take at this pace. Must be positive.
 * @param retryAfter Within which time those who are refused meanwhile are asked to come back. At least a second.
 */
@ConfigurationProperties("maru.drain")
public record DrainProperties(
        @DefaultValue("0s") Duration notice,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("500") int batch,
        @DefaultValue("100ms") Duration pause,
        @DefaultValue("1000") int returnsPerSecond,
        @DefaultValue("5s") Duration retryAfter) {
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(3);

    /** Of the whole time a part is kept for the last bytes of each connection. */
    DrainPlan plan() {
        return new DrainPlan(timeout.minus(farewell()), batch, pause, returnsPerSecond);
    }

    /** How long clients that were sent away have to hear it and to agree. */
    Duration farewell() {
        Duration third = timeout.dividedBy(3);
        return third.compareTo(LONGEST_FAREWELL) < 0 ? third : LONGEST_FAREWELL;
    }
}
