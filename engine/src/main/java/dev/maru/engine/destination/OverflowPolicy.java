package dev.maru.engine.destination;

/**
 * What becomes of the messages for a subscriber that takes no more for now, on a destination that keeps nothing to
 * catch it up from. On destinations with history nobody needs a policy: whoever falls behind reads on from there.
 *
 * <p>Immutable; safe for any thread.
 */
public enum OverflowPolicy {
    /** The connection ends with a reason that says so; its client may come back. */
    DISCONNECT,
    /** The newest wait, as many as the limits of the connection allow; those that waited longest give way. */
    DROP_OLDEST,
    /** The first wait, as many as the limits of the connection allow; what comes later is lost. */
    DROP_NEWEST,
    /**
     * The newest message of each destination waits, and nothing else; on destinations with a snapshot, a fresh snapshot
     * comes in its place. If there is no room for it, the connection ends as with {@link #DISCONNECT}.
     */
    KEEP_LATEST
}
