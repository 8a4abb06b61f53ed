package dev.maru.store.jdbc;

/**
 * What bounds a database's threads and queues.
 *
 * @param waitingWrites the most writes that may be unanswered; further ones are refused
 * @param groupSize the most writes in one transaction
 * @param readers threads (and connections) for short reads
 * @param slowReaders threads (and connections) for reads that may take long, such as searches
 * @param waitingReads the most reads that may wait for each kind of thread; further ones are refused
 */
public record DatabaseSettings(int waitingWrites, int groupSize, int readers, int slowReaders, int waitingReads) {

    private static final int WAITING_WRITES = 16_384;
    private static final int GROUP_SIZE = 512;
    private static final int READERS = 3;
    private static final int SLOW_READERS = 2;
    private static final int WAITING_READS = 4_096;

    public DatabaseSettings {
        if (waitingWrites < 1 || groupSize < 1 || readers < 1 || slowReaders < 1 || waitingReads < 1) {
            throw new IllegalArgumentException("every limit of a database must be at least 1");
        }
    }

    public static DatabaseSettings defaults() {
        return new DatabaseSettings(WAITING_WRITES, GROUP_SIZE, READERS, SLOW_READERS, WAITING_READS);
    }
}
