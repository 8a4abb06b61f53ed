package dev.maru.store.jdbc;

import java.time.Duration;
import java.util.stream.LongStream;

/**
 * What bounds a database's threads and queues.
 *
 * @param waitingWrites the most writes that may be unanswered; further ones are refused
 * @param waitingBytes the most bytes that unanswered writes may hold together; further ones are refused
 * @param groupSize the most writes in one transaction
 * @param readers threads (and connections) for short reads
 * @param slowReaders threads (and connections) for reads that may take long, such as searches
 * @param waitingReads the most reads that may wait for each kind of thread; further ones are refused
 * @param nodeLease how long a process that shares the database counts as living after it was last heard of; it says so
 *     three times as often
 */
public record DatabaseSettings(
        int waitingWrites,
        long waitingBytes,
        int groupSize,
        int readers,
        int slowReaders,
        int waitingReads,
        Duration nodeLease) {

    /** 15 s. */
    public static final Duration NODE_LEASE = Duration.ofSeconds(15);

    private static final int WAITING_WRITES = 16_384;
    private static final long WAITING_BYTES = 64L << 20;
    private static final int GROUP_SIZE = 512;
    private static final int READERS = 3;
    private static final int SLOW_READERS = 2;
    private static final int WAITING_READS = 65_536;
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);

    public DatabaseSettings {
        if (LongStream.of(waitingWrites, waitingBytes, groupSize, readers, slowReaders, waitingReads)
                .anyMatch(limit -> limit < 1)) {
            throw new IllegalArgumentException("every limit of a database must be at least 1");
        }
        if (nodeLease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("a node's lease must be at least " + SHORTEST_LEASE + ": " + nodeLease);
        }
    }

    /** With {@link #NODE_LEASE}. */
    public DatabaseSettings(
            int waitingWrites, long waitingBytes, int groupSize, int readers, int slowReaders, int waitingReads) {
        this(waitingWrites, waitingBytes, groupSize, readers, slowReaders, waitingReads, NODE_LEASE);
    }

    public static DatabaseSettings defaults() {
        return new DatabaseSettings(WAITING_WRITES, WAITING_BYTES, GROUP_SIZE, READERS, SLOW_READERS, WAITING_READS);
    }

    /** The same with another lease of nodes. */
    public DatabaseSettings withNodeLease(Duration lease) {
        return new DatabaseSettings(waitingWrites, waitingBytes, groupSize, readers, slowReaders, waitingReads, lease);
    }
}
