package dev.maru.transport.websocket;

/**
 * Notices a reader that takes nothing at all while something waits for it. A reader of events owes no sign of life, so
 * nothing else would ever end a connection that nobody reads.
 *
 * <p>Confined to its connection's event loop.
 */
public final class StallWatch {
    private long written;
    private long leftBefore;
    private boolean waitedBefore;

    /** So many bytes were handed to the socket. */
    public void written(long bytes) {
        written += bytes;
    }

    /** Whether bytes wait, and none has left since this was asked the last time. Asked in regular intervals. */
    public boolean stalled(long unsent) {
        long left = written - unsent;
        boolean waits = unsent > 0;
        boolean stalled = waits && waitedBefore && left == leftBefore;
        leftBefore = left;
        waitedBefore = waits;
        return stalled;
    }
}
