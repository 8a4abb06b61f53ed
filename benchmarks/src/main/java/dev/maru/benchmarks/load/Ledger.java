package dev.maru.benchmarks.load;

import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * What was delivered, and how long it took from the moment it was meant to be sent until the last member had it; so a
 * server that holds up the sender is charged for it (coordinated omission).
 *
 * <p>Confined to the generator's event loop.
 */
final class Ledger {
    private static final long LONGEST_NANOS = 120_000_000_000L;

    private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
    private Consumer<Room.Message> whenComplete = message -> {};
    private long deliveries;
    private long messages;
    private long receipts;

    void whenComplete(Consumer<Room.Message> action) {
        whenComplete = action;
    }

    void delivered() {
        deliveries++;
    }

    void receipted() {
        receipts++;
    }

    /** @param timed whether it counts for the latency */
    void complete(Room.Message message, long now, boolean timed) {
        messages++;
        if (timed) {
            latency.recordValue(Math.min(Math.max(0, now - message.intendedNanos), LONGEST_NANOS));
        }
        whenComplete.accept(message);
    }

    /** Forgets all that was counted. */
    void reset() {
        deliveries = 0;
        messages = 0;
        receipts = 0;
        latency.reset();
    }

    long deliveries() {
        return deliveries;
    }

    long messages() {
        return messages;
    }

    long receipts() {
        return receipts;
    }

    double latencyMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }
}
