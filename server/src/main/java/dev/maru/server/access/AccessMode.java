package dev.maru.server.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Who may use the server. Immutable; safe for any thread. */
public enum AccessMode {
    /** Anybody on this computer, under any nickname; the default. */
    THIS_COMPUTER,
    /** Anybody who reaches the server, under any nickname. */
    OPEN,
    /** Whoever has an account, or a token of an issuer that is configured. */
    ACCOUNTS;

    /**
     * Reads {@code maru.access}.
     *
     * @throws FailureAnalyzedException if the server cannot work that way
     */
    public static AccessMode of(@Nullable String setting) {
        String mode = setting == null ? "" : setting.strip().toLowerCase(Locale.ROOT);
        return switch (mode) {
            case "" -> THIS_COMPUTER;
            case "open" -> OPEN;
            case "accounts" -> ACCOUNTS;
            default ->
                throw new FailureAnalyzedException(
                        "maru.access is neither unset nor one of its values.",
                        "Leave it unset (this computer only), or set it to open or to accounts.");
        };
    }
}
