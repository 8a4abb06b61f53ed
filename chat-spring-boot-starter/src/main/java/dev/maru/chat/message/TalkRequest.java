package dev.maru.chat.message;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that somebody wants to send. Immutable; safe for any thread.
 *
 * @param roomId where to
 * @param author who writes
 * @param text as it was typed
 * @param clientMessageId 1 to 64 printable ASCII characters, or null if repeats need not be recognised
 * @param replyTo the id of the message that this one answers, or null
 */
public record TalkRequest(
        String roomId,
        Author author,
        String text,
        @Nullable String clientMessageId,
        @Nullable UUID replyTo) {

    public TalkRequest(String roomId, Author author, String text, @Nullable String clientMessageId) {
        this(roomId, author, text, clientMessageId, null);
    }

    /** The same with another text. */
    public TalkRequest withText(String other) {
        return new TalkRequest(roomId, author, other, clientMessageId, replyTo);
    }
}
