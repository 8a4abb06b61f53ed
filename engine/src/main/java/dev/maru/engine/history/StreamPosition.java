package dev.maru.engine.history;

import java.util.Optional;

/**
 * A place in a destination's stream: everything up to and including {@code offset} lies before it. Written
 * {@code <epoch>-<offset>}.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param epoch {@code [a-z0-9]{1,16}}, the life of the store that the offset belongs to
 * @param offset 0 before the first message; gapless from 1; below 2^53, so that JavaScript can count it
 */
public record StreamPosition(String epoch, long offset) {

    /** The largest offset that every client can represent. */
    public static final long MAX_OFFSET = (1L << 53) - 1;

    private static final int MAX_EPOCH_LENGTH = 16;
    private static final int MAX_OFFSET_DIGITS = 16;

    public StreamPosition {
        if (!isEpoch(epoch) || offset < 0 || offset > MAX_OFFSET) {
            throw new IllegalArgumentException("no position: " + epoch + "-" + offset);
        }
    }

    /**
     * Reads a position from a {@code since} header or a {@code message-id}. What follows a {@code ~} (the mark of a
     * message that is not kept) is ignored. Empty if the text is no position.
     */
    public static Optional<StreamPosition> parse(String text) {
        int tilde = text.indexOf('~');
        String kept = tilde < 0 ? text : text.substring(0, tilde);
        int dash = kept.indexOf('-');
        if (dash < 1 || !isEpoch(kept.substring(0, dash)) || !isNumber(kept.substring(dash + 1))) {
            return Optional.empty();
        }
        long offset = Long.parseLong(kept.substring(dash + 1));
        return offset > MAX_OFFSET
                ? Optional.empty()
                : Optional.of(new StreamPosition(kept.substring(0, dash), offset));
    }

    /** The position of the same epoch at another offset. */
    public StreamPosition at(long otherOffset) {
        return new StreamPosition(epoch, otherOffset);
    }

    @Override
    public String toString() {
        return epoch + "-" + offset;
    }

    private static boolean isEpoch(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_EPOCH_LENGTH
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_OFFSET_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
