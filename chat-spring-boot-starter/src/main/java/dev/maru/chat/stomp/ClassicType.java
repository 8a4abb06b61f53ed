package dev.maru.chat.stomp;

import dev.maru.chat.ChatFault;
import dev.maru.engine.fault.Refusal;
import org.jspecify.annotations.Nullable;

/** What a classic chat message is about. Immutable; safe for any thread. */
enum ClassicType {
    JOIN,
    TALK,
    LEAVE;

    /** The type that a client wrote, or what the destination is for; refuses all others. */
    static ClassicType of(@Nullable String written, ClassicType byDefault) {
        return switch (written) {
            case null -> byDefault;
            case "JOIN" -> JOIN;
            case "TALK" -> TALK;
            case "LEAVE" -> LEAVE;
            default -> throw new Refusal(ChatFault.UNKNOWN_TYPE, "The type must be JOIN, TALK or LEAVE.");
        };
    }
}
