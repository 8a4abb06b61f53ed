package dev.maru.benchmarks.restart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One restart, as the people saw it. The server is away from the first socket's end until it says that it is ready, or
 * until it answers a handshake, if that is sooner.
 *
 * <p>Confined to the crowd's event loop.
 */
final class Outage {
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Blackout> blackouts = new ArrayList<>();
    private long began = NEVER;
    private long ended = NEVER;

    void began(long now) {
        began = Math.min(began, now);
    }

    void answered(long now) {
        if (began != NEVER) {
            ended = Math.min(ended, now);
        }
    }

    void cameBack(Blackout blackout) {
        if (began != NEVER) {
            blackouts.add(blackout);
        }
    }

    int returns() {
        return blackouts.size();
    }

    double awaySeconds() {
        return (ended - began) / 1e9;
    }

    /** How much longer than the server was away the 99th of a hundred people was without it. */
    double beyondSeconds() {
        return percentile(99, Blackout::seconds) - awaySeconds();
    }

    String figures() {
        return String.format(
                Locale.ROOT,
                "away %.2f s; blackout of %d people: p50 %.2f, p99 %.2f, max %.2f s; p99 beyond the time away: %.2f s"
                        + " (of it from the last try to all there: p50 %.2f, p99 %.2f, max %.2f s)",
                awaySeconds(),
                blackouts.size(),
                percentile(50, Blackout::seconds),
                percentile(99, Blackout::seconds),
                percentile(100, Blackout::seconds),
                beyondSeconds(),
                percentile(50, Blackout::servedSeconds),
                percentile(99, Blackout::servedSeconds),
                percentile(100, Blackout::servedSeconds));
    }

    private double percentile(int percent, ToDoubleFunction<Blackout> figure) {
        double[] sorted = blackouts.stream().mapToDouble(figure).sorted().toArray();
        return sorted[Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1)];
    }
}
