package dev.maru.engine.session;

/**
 * How many frames a client may send. Past it reading pauses, so that the client slows down by itself; where a transport
 * cannot pause, or the client gets far more into one message, it is refused past ten times the burst.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param perSecond frames in the long run
 * @param burst frames at once
 */
public record MessageRate(int perSecond, int burst) {

    /** 2,000 a second, 4,000 at once. */
    public static final MessageRate DEFAULT = new MessageRate(2_000, 4_000);

    public MessageRate {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("a rate must be positive: " + perSecond + ", " + burst);
        }
    }
}
