package dev.maru.store.jdbc;

/**
 * How busy the writer is and was.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param waiting writes that were asked for and have no answer yet
 * @param waitingBytes how much they are, about
 * @param commits transactions that were committed
 * @param committed writes in these
 * @param commitNanos how long these took, from their beginning to when they were on the disk, in all
 */
public record WriterLoad(long waiting, long waitingBytes, long commits, long committed, long commitNanos) {}
