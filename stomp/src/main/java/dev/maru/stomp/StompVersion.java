package dev.maru.stomp;

import java.util.Optional;

/**
 * The versions of STOMP, oldest first, and where their wire forms differ.
 *
 * <p>Immutable; safe for any thread.
 */
public enum StompVersion {
    /** Headers are not escaped; lines end with LF. */
    V1_0("1.0", false, false),
    /** Headers escape {@code \n}, {@code \c} and {@code \\}; lines end with LF (STOMP 1.1, "Value Encoding"). */
    V1_1("1.1", true, false),
    /** As 1.1, and {@code \r} is escaped too; lines may end with CR LF (STOMP 1.2, "Value Encoding"). */
    V1_2("1.2", true, true);

    private final String text;
    private final boolean escapesHeaders;
    private final boolean escapesCarriageReturn;

    StompVersion(String text, boolean escapesHeaders, boolean escapesCarriageReturn) {
        this.text = text;
        this.escapesHeaders = escapesHeaders;
        this.escapesCarriageReturn = escapesCarriageReturn;
    }

    /** The version as it stands in {@code accept-version} and {@code version} headers, for example {@code 1.2}. */
    public String text() {
        return text;
    }

    /** Whether header names and values are escaped (never in CONNECT, STOMP and CONNECTED frames). */
    public boolean escapesHeaders() {
        return escapesHeaders;
    }

    /** Whether a carriage return in a header is escaped as {@code \r}. */
    public boolean escapesCarriageReturn() {
        return escapesCarriageReturn;
    }

    /** The version with this text, or empty if there is none. */
    public static Optional<StompVersion> of(String text) {
        for (StompVersion version : values()) {
            if (version.text.equals(text)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }
}
