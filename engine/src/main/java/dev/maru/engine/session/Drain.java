package dev.maru.engine.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Sends all clients of an engine away, in batches, so that those who come back elsewhere do not all come at once. Each
 * session takes no more frames, answers those that it has, and closes with a hint when to come back; the hints differ,
 * for the same reason.
 *
 * <p>Confined to the thread that runs it, which waits.
 */
final class Drain {
    private static final int SOONEST_MILLIS = 200;
    private static final int LEAST_SPREAD_MILLIS = 1_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final DrainPlan plan;
    private final List<EngineSession> leaving;
    private final IntSupplier left;
    private final long begin = System.nanoTime();

    /** @param left how many sessions are open yet, those that were opened meanwhile among them */
    Drain(DrainPlan plan, List<EngineSession> leaving, IntSupplier left) {
        this.plan = plan;
        this.leaving = leaving;
        this.left = left;
    }

    /** Returns when all have gone, or when the time is over and the last ones were told to. */
    void run() {
        int batch = batch();
        for (int from = 0; from < leaving.size(); from += batch) {
            int to = Math.min(from + batch, leaving.size());
            leaving.subList(from, to).forEach(session -> session.leave(comeBackMillis(plan, leaving.size())));
            if (to < leaving.size()) {
                LockSupport.parkNanos(plan.pause().toNanos());
            }
        }
        await(() -> left.getAsInt() == 0);
        leaving.forEach(session -> session.dismiss(comeBackMillis(plan, leaving.size())));
    }

    /** How long one of so many clients should stay away, in milliseconds. */
    static int comeBackMillis(DrainPlan plan, int clients) {
        long spread = Math.max(LEAST_SPREAD_MILLIS, 1000L * clients / plan.returnsPerSecond());
        return SOONEST_MILLIS + ThreadLocalRandom.current().nextInt((int) Math.min(spread, Integer.MAX_VALUE / 2));
    }

    /** The last batch leaves when half of the time is over at the latest: the other half is for answers. */
    private int batch() {
        if (plan.pause().isZero()) {
            return plan.batch();
        }
        long batches = Math.max(1, plan.timeout().dividedBy(2).dividedBy(plan.pause()));
        return (int) Math.max(plan.batch(), Math.ceilDiv(leaving.size(), batches));
    }

    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()
                && System.nanoTime() - begin < plan.timeout().toNanos()) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
