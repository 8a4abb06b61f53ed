package dev.maru.benchmarks.comparison;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the generator does to each server, and which of its figures counts. Lower is better in all.
 *
 * <p>Immutable; safe for any thread.
 */
enum Scenario {
    /** One room of a thousand; eight messages are under way at any time. */
    CLOSED_LOOP("closed loop, 8 messages waiting, 1 room × 1,000", "µs", "window=8 rooms=1 members=1000"),
    /** One room of a thousand; a message now and then, so that there is nothing to batch. */
    UNBATCHED("20 msg/s × 1,000, nothing to batch", "µs", "rate=20 rooms=1 members=1000"),
    /** A hundred rooms of ten; everybody sends. */
    MANY_ROOMS("100 rooms × 10, all send, 2,000 msg/s", "µs", "rate=2000 everybody=true rooms=100 members=10"),
    /** Ten thousand who listen in ten rooms where next to nothing is said. */
    IDLE("10,000 idle subscribed connections", "KB", "rate=1 rooms=10 members=1000");

    final String title;
    final String unit;
    private final String load;

    Scenario(String title, String unit, String load) {
        this.title = title;
        this.unit = unit;
        this.load = load;
    }

    /** The generator's words for it. */
    List<String> words() {
        return List.of(load.split(" ", -1));
    }

    /** The figure that counts: CPU microseconds of the server for a delivery, or kilobytes for a connection. */
    double figure(Measured measured) {
        ToDoubleFunction<Measured> figure =
                this == IDLE ? Measured::kilobytesPerConnection : Measured::cpuMicrosPerDelivery;
        return figure.applyAsDouble(measured);
    }
}
