package dev.maru.engine.fanout;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a client says that it has got a message (STOMP 1.2, "SUBSCRIBE ack Header").
 *
 * <p>Immutable; safe for any thread.
 */
public enum AckMode {
    /** Not at all: what was written counts as received. */
    AUTO("auto"),
    /** One ACK or NACK stands for that message and all that came before it on the subscription. */
    CLIENT("client"),
    /** Each message has an ACK or NACK of its own. */
    CLIENT_INDIVIDUAL("client-individual");

    private final String text;

    AckMode(String text) {
        this.text = text;
    }

    /** The mode that the header names; without a header {@link #AUTO}; empty if there is no such mode. */
    public static Optional<AckMode> of(@Nullable String header) {
        if (header == null) {
            return Optional.of(AUTO);
        }
        for (AckMode mode : values()) {
            if (mode.text.equals(header)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
