package dev.maru.engine.fanout;

/**
 * A message that is stored ahead of its turn: its subscribers get it, and what is stored behind it, when its turn has
 * come, or after a few seconds.
 *
 * <p>Safe for any thread.
 */
public interface HeldBack {

    /** It was stored at this offset: what lies before may pass. */
    void stored(long offset);

    /** Its turn has come, or it was not stored. Idempotent. */
    void release();
}
