package dev.maru.chat.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a room to read. Without {@code before} and {@code after}: the newest. With {@code after}: those
 * that follow it; with {@code before} only: those just before it. Immutable; safe for any thread.
 *
 * @param roomId the room
 * @param before only offsets below this one, or null
 * @param after only offsets above this one, or null
 * @param limit the most messages, 1 to {@value #MAX_LIMIT}
 * @param sender only from authors with exactly this name, or null
 * @param from only sent at this time or later, or null
 * @param to only sent before this time, or null
 */
public record PageQuery(
        String roomId,
        @Nullable Long before,
        @Nullable Long after,
        int limit,
        @Nullable String sender,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** The most messages in one page. */
    public static final int MAX_LIMIT = 200;

    /** The newest messages of a room. */
    public static PageQuery newest(String roomId, int limit) {
        return new PageQuery(roomId, null, null, limit, null, null, null);
    }
}
