package dev.maru.engine.session;

/**
 * What bounds the transactions of one session. Every value is positive.
 *
 * @param open most transactions that are open at a time
 * @param frames most frames in one
 * @param bytes most bytes in one: bodies, and names and values of headers
 */
public record TransactionLimits(int open, int frames, int bytes) {

    /** The defaults that the protocol page documents. */
    public static final TransactionLimits DEFAULT = new TransactionLimits(16, 1000, 1024 * 1024);
}
