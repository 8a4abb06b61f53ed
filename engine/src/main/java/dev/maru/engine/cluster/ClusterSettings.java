package dev.maru.engine.cluster;

import java.time.Duration;

/**
 * How a node takes part in a cluster.
 *
 * @param partitions over how many partitions destinations are spread, the same on all nodes; one more carries what is
 *     for every node
 * @param unsentBytes the most bytes that may be on their way to the broker; what does not fit is not sent, and found in
 *     the store if it is there
 * @param silence how long a node may say nothing until the others take it for lost
 * @param compareEvery how often the heads of what is subscribed to here are compared with the store, whatever was heard
 */
public record ClusterSettings(int partitions, long unsentBytes, Duration silence, Duration compareEvery) {

    /** 256 partitions, 16 MiB, 5 s, 30 s. */
    public static final ClusterSettings DEFAULT =
            new ClusterSettings(256, 16L << 20, Duration.ofSeconds(5), Duration.ofSeconds(30));

    private static final int MOST_PARTITIONS = 16_384;

    public ClusterSettings {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException("partitions must be 1 to " + MOST_PARTITIONS + ": " + partitions);
        }
        if (unsentBytes < 1 || silence.toMillis() < 1 || compareEvery.toMillis() < 1) {
            throw new IllegalArgumentException("every limit of a cluster must be more than nothing");
        }
    }
}
