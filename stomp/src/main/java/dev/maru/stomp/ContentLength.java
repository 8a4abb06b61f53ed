package dev.maru.stomp;

import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code content-length} of a frame (STOMP 1.2, "Header content-length").
 *
 * <p>Stateless; safe for any thread.
 */
final class ContentLength {

    /** There is no such header: a NUL ends the body. */
    static final int ABSENT = -1;

    private static final int MAX_BEFORE_NEXT_DIGIT = 100_000_000;

    private ContentLength() {}

    /**
     * The number of bytes, {@link #ABSENT}, or {@link Integer#MAX_VALUE} for any number from 10^9 on. Spaces
     * around the number are allowed in 1.0, whose examples pad their headers.
     */
    static int of(StompHeaders headers, StompVersion version) {
        @Nullable String text = headers.get("content-length");
        if (text == null) {
            return ABSENT;
        }
        return parse(version == StompVersion.V1_0 ? text.strip() : text);
    }

    private static int parse(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw notANumber();
            }
            number = number >= MAX_BEFORE_NEXT_DIGIT ? Integer.MAX_VALUE : number * 10 + digit;
        }
        if (text.isEmpty()) {
            throw notANumber();
        }
        return number;
    }

    private static FrameFaultException notANumber() {
        return new FrameFaultException(StompFault.BAD_CONTENT_LENGTH, "a content-length that is no number");
    }
}
