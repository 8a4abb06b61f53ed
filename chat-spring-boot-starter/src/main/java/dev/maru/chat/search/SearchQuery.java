package dev.maru.chat.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for. Immutable; safe for any thread.
 *
 * @param text a part of the messages' text, in any case; 1 to 200 code points that are not all blank
 * @param room only in the room with this id, or null
 * @param sender only from authors with exactly this name, or null
 * @param from only sent at this time or later, or null
 * @param to only sent before this time, or null
 * @param limit the most messages, 1 to {@value #MAX_LIMIT}
 */
public record SearchQuery(
        String text,
        @Nullable String room,
        @Nullable String sender,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit) {

    /** The most messages in one answer. */
    public static final int MAX_LIMIT = 200;

    /** Everywhere, from everybody, at any time. */
    public static SearchQuery of(String text, int limit) {
        return new SearchQuery(text, null, null, null, null, limit);
    }
}
